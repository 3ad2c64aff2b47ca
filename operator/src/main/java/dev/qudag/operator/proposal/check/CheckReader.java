package dev.qudag.operator.proposal.check;

import dev.qudag.operator.proposal.check.CheckRun.Blocked;
import dev.qudag.operator.proposal.check.CheckRun.Ending;
import dev.qudag.operator.status.PodReason;
import dev.qudag.operator.status.PodReasons;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads out of a Job and its pod what became of a check. */
public final class CheckReader {
  public static final String TREE_FETCH_FAILED = "TreeFetchFailed";
  public static final String NODE_LOST = "NodeLost";

  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
  private static final Duration LAST_RETRY = Duration.ofMinutes(5);
  private static final int MAX_DOUBLINGS = 10;

  private final CheckKey key;
  private final Instant now;

  public CheckReader(CheckKey key, Instant now) {
    this.key = key;
    this.now = now;
  }

  /**
   * How the check stands.
   *
   * @param pods of the namespace; only those of this very Job are looked at
   */
  public CheckRun read(Optional<Job> job, List<Pod> pods) {
    if (job.isEmpty() || job.get().getMetadata().getDeletionTimestamp() != null) {
      return new CheckRun.NotStarted();
    }
    return pods.stream()
        .filter(pod -> isOf(pod, job.get()))
        .findFirst()
        .map(pod -> read(job.get(), pod))
        .orElseGet(() -> withoutPod(job.get()));
  }

  private static boolean isOf(Pod pod, Job job) {
    return pod.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> owner.getUid().equals(job.getMetadata().getUid()));
  }

  private CheckRun withoutPod(Job job) {
    if (isTrue(job, "Complete")) {
      return new CheckRun.Passed(new Ending(key.spec().image(), Optional.empty()));
    }
    var lost = new PodReason(NODE_LOST, "The pod of Job %s is gone".formatted(name(job)));
    return isTrue(job, "Failed")
        ? blocked(job, lost, failedAt(job))
        : new CheckRun.Running(Optional.empty(), Optional.empty());
  }

  private CheckRun read(Job job, Pod pod) {
    Optional<ContainerState> check = check(pod).map(ContainerStatus::getState);
    Optional<Instant> started = check.flatMap(CheckReader::startedAt);
    if (wasInterrupted(pod)) {
      String why = Optional.ofNullable(pod.getStatus().getMessage()).orElse("no reason given");
      var lost = new PodReason(NODE_LOST, "Pod %s was stopped: %s".formatted(name(pod), why));
      return blocked(job, PodReasons.of(pod).orElse(lost), failedAt(job));
    }
    if (started.isPresent()) {
      return ran(pod, check.get(), started.get().plusSeconds(key.spec().timeoutSeconds()));
    }
    return isOver(pod) ? neverRan(job, pod) : starting(job, pod);
  }

  private CheckRun ran(Pod pod, ContainerState state, Instant deadline) {
    ContainerStateTerminated end = state.getTerminated();
    if (end == null) {
      return now.isAfter(deadline)
          ? new CheckRun.TimedOut(ending(pod))
          : new CheckRun.Running(Optional.empty(), Optional.of(deadline.plusSeconds(1)));
    }
    if (Instant.parse(end.getFinishedAt()).isAfter(deadline)) {
      return new CheckRun.TimedOut(ending(pod));
    }
    return end.getExitCode() == 0
        ? new CheckRun.Passed(ending(pod))
        : new CheckRun.Failed(end.getExitCode(), ending(pod));
  }

  private CheckRun neverRan(Job job, Pod pod) {
    var fetch =
        new PodReason(
            TREE_FETCH_FAILED,
            "The tree did not reach pod %s (see kubectl logs %s -c fetch-tree); it is tried again"
                .formatted(name(pod), name(pod)));
    return blocked(job, PodReasons.of(pod).orElse(fetch), failedAt(job));
  }

  /**
   * A full cluster is patience; an image that cannot be pulled is a fault that someone must mend.
   */
  private static CheckRun starting(Job job, Pod pod) {
    Optional<PodReason> why = PodReasons.of(pod);
    return why.filter(r -> !r.reason().equals(PodReasons.UNSCHEDULABLE))
        .<CheckRun>map(r -> new Blocked(r, Optional.empty(), attempt(job)))
        .orElseGet(() -> new CheckRun.Running(why, Optional.empty()));
  }

  /**
   * Evicted, preempted, drained, or on a node that is gone; not: failed by itself or out of time.
   */
  private static boolean wasInterrupted(Pod pod) {
    String reason = pod.getStatus().getReason();
    boolean disrupted =
        pod.getStatus().getConditions().stream()
            .anyMatch(c -> "DisruptionTarget".equals(c.getType()) && "True".equals(c.getStatus()));
    return disrupted
        || "Evicted".equals(reason)
        || "NodeLost".equals(reason)
        || "Shutdown".equals(reason)
        || "UnexpectedAdmissionError".equals(reason);
  }

  private static boolean isOver(Pod pod) {
    return "Failed".equals(pod.getStatus().getPhase());
  }

  private static Optional<ContainerStatus> check(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .filter(status -> status.getName().equals(CheckJob.CHECK))
        .findFirst();
  }

  /** The kubelet also calls a container terminated that never started; then it has no start. */
  private static Optional<Instant> startedAt(ContainerState state) {
    if (state.getRunning() != null) {
      return Optional.ofNullable(state.getRunning().getStartedAt()).map(Instant::parse);
    }
    return Optional.ofNullable(state.getTerminated())
        .map(ContainerStateTerminated::getStartedAt)
        .map(Instant::parse)
        .filter(at -> at.isAfter(Instant.EPOCH));
  }

  private Ending ending(Pod pod) {
    String image =
        check(pod)
            .map(ContainerStatus::getImageID)
            .filter(id -> !id.isEmpty())
            .orElse(key.spec().image());
    return new Ending(image, Optional.of(name(pod)));
  }

  private Blocked blocked(Job job, PodReason why, Instant failedAt) {
    int attempt = attempt(job);
    Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(attempt - 1, MAX_DOUBLINGS));
    Instant retry = failedAt.plus(wait.compareTo(LAST_RETRY) < 0 ? wait : LAST_RETRY);
    return new Blocked(why, Optional.of(retry), attempt);
  }

  private Instant failedAt(Job job) {
    return job.getStatus() == null
        ? now
        : job.getStatus().getConditions().stream()
            .filter(c -> "Failed".equals(c.getType()) && c.getLastTransitionTime() != null)
            .findFirst()
            .map(c -> Instant.parse(c.getLastTransitionTime()))
            .orElse(now);
  }

  private static int attempt(Job job) {
    var annotations = job.getMetadata().getAnnotations();
    String attempt = annotations == null ? null : annotations.get(CheckJob.ATTEMPT);
    return attempt == null ? 1 : Integer.parseInt(attempt);
  }

  private static boolean isTrue(Job job, String type) {
    return job.getStatus() != null
        && job.getStatus().getConditions().stream()
            .anyMatch(c -> type.equals(c.getType()) && "True".equals(c.getStatus()));
  }

  private static String name(io.fabric8.kubernetes.api.model.HasMetadata object) {
    return object.getMetadata().getName();
  }
}
