package dev.qudag.operator.proposal.check;

import dev.qudag.operator.status.PodReason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * That the cluster refuses to make a check's Job or pod: what the namespace allows is used up, or
 * was never enough.
 */
public final class PodRefusal {
  public static final String QUOTA_EXCEEDED = "QuotaExceeded";
  public static final String POD_REFUSED = "PodRefused";

  /** What the Job controller makes up for each try: a status with it would be written anew. */
  private static final String POD_SUFFIX = "-[a-z0-9]{5}\\b";

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
    String lasting = words.replaceAll(Pattern.quote(name) + POD_SUFFIX, name);
    return isByQuota(words)
        ? new PodReason(
            QUOTA_EXCEEDED,
            "The namespace has no room for Job %s: %s. It is tried again; raise the ResourceQuota, or lower policy.queue.maxRunningChecks or the check's resources"
                .formatted(name, lasting))
        : new PodReason(
            POD_REFUSED,
            "The cluster refuses the pod of Job %s: %s. It is tried again; mend what the message names"
                .formatted(name, lasting));
  }
}
