package dev.qudag.operator.proposal.check;

import dev.qudag.operator.status.PodReason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Locale;

/**
 * That the cluster refuses to make a check's Job or pod: what the namespace allows is used up, or
 * was never enough.
 */
public final class PodRefusal {
  public static final String QUOTA_EXCEEDED = "QuotaExceeded";
  public static final String POD_REFUSED = "PodRefused";

  private PodRefusal() {}

  /** Whether the words are those of a ResourceQuota. */
  public static boolean isByQuota(String words) {
    return words.toLowerCase(Locale.ROOT).contains("quota");
  }

  /**
   * @param job that is refused, or whose pod is
   * @param words of whoever refused it
   */
  public static PodReason of(HasMetadata job, String words) {
    String name = job.getMetadata().getName();
    return isByQuota(words)
        ? new PodReason(
            QUOTA_EXCEEDED,
            "The namespace has no room for Job %s: %s. It is tried again; raise the ResourceQuota, or lower policy.queue.maxRunningChecks or the check's resources"
                .formatted(name, words))
        : new PodReason(
            POD_REFUSED,
            "The cluster refuses the pod of Job %s: %s. It is tried again; mend what the message names"
                .formatted(name, words));
  }
}
