package dev.qudag.operator.proposal.check;

import dev.qudag.operator.proposal.check.CheckRun.Blocked;
import dev.qudag.operator.proposal.check.CheckRun.Ending;
import dev.qudag.operator.status.PodReason;
import dev.qudag.operator.status.PodReasons;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads out of a Job and its pod what became of a check. */
public final class CheckReader {
  public static final String TREE_FETCH_FAILED = "TreeFetchFailed";
  public static final String NODE_LOST = "NodeLost";
  public static final String NOT_SCHEDULED = "NotScheduled";

  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
  private static final Duration LAST_RETRY = Duration.ofMinutes(5);
  private static final int MAX_DOUBLINGS = 10;

  /** How long a Job may be without a pod before somebody is asked why. */
  private static final Duration POD_DUE = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofSeconds(CheckJob.SCHEDULING_SECONDS);

  private final CheckKey key;
  private final Instant now;

  public CheckReader(CheckKey key, Instant now) {
    this.key = key;
    this.now = now;
  }

  /** Whether the Job should have a pod by now, and has none. */
  public boolean lacksPod(Job job, List<Pod> pods) {
    return !isTrue(job, "Complete")
        && !isTrue(job, "Failed")
        && !now.isBefore(madeAt(job).plus(POD_DUE))
        && pods.stream().noneMatch(pod -> isOf(pod, job));
  }

  /**
   * How the check stands.
   *
   * @param pods of the namespace; only those of this very Job are looked at
   * @param refusal of a Job that lacks its pod: the words of whoever refused it
   */
  public CheckRun read(Optional<Job> job, List<Pod> pods, Optional<String> refusal) {
    if (job.isEmpty() || job.get().getMetadata().getDeletionTimestamp() != null) {
      return new CheckRun.NotStarted();
    }
    return pods.stream()
        .filter(pod -> isOf(pod, job.get()))
        .findFirst()
        .map(pod -> read(job.get(), pod))
        .orElseGet(() -> withoutPod(job.get(), refusal));
  }

  private static boolean isOf(Pod pod, Job job) {
    return pod.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> owner.getUid().equals(job.getMetadata().getUid()));
  }

  private CheckRun withoutPod(Job job, Optional<String> refusal) {
    if (isTrue(job, "Complete")) {
      return new CheckRun.Passed(new Ending(key.spec().image(), Optional.empty(), Tries.of(job)));
    }
    if (isTrue(job, "Failed")) {
      PodReason why = isOutOfTime(job) ? notScheduled(job) : lost(job);
      return blocked(job, why, failedAt(job).orElse(now));
    }
    return refusal
        .<CheckRun>map(
            words -> new Blocked(PodRefusal.of(job, words), Optional.empty(), Tries.of(job)))
        .orElseGet(() -> running(job, Optional.empty(), madeAt(job).plus(POD_DUE)));
  }

  private static PodReason lost(Job job) {
    return new PodReason(NODE_LOST, "The pod of Job %s is gone".formatted(name(job)));
  }

  private static PodReason notScheduled(Job job) {
    return new PodReason(
        NOT_SCHEDULED,
        "Job %s found no room in time; it is tried again. Add room, or lower the check's resources"
            .formatted(name(job)));
  }

  private CheckRun read(Job job, Pod pod) {
    Optional<ContainerState> check = check(pod).map(ContainerStatus::getState);
    Optional<Instant> started = check.flatMap(ImagesInUse::startedAt);
    if (wasInterrupted(pod) || wasDeleted(pod, check)) {
      String why = Optional.ofNullable(pod.getStatus().getMessage()).orElse("no reason given");
      var lost = new PodReason(NODE_LOST, "Pod %s was stopped: %s".formatted(name(pod), why));
      Instant stopped = failedAt(job).or(() -> deletedAt(pod)).orElse(now);
      return blocked(job, PodReasons.of(pod).orElse(lost), stopped);
    }
    if (started.isPresent()) {
      return ran(job, pod, check.get(), started.get().plusSeconds(key.spec().timeoutSeconds()));
    }
    return isOver(pod) ? neverRan(job, pod) : starting(job, pod);
  }

  private CheckRun ran(Job job, Pod pod, ContainerState state, Instant deadline) {
    ContainerStateTerminated end = state.getTerminated();
    if (end == null) {
      return now.isAfter(deadline)
          ? new CheckRun.TimedOut(ending(job, pod))
          : running(job, Optional.empty(), deadline);
    }
    if (Instant.parse(end.getFinishedAt()).isAfter(deadline)) {
      return new CheckRun.TimedOut(ending(job, pod));
    }
    return end.getExitCode() == 0
        ? new CheckRun.Passed(ending(job, pod))
        : new CheckRun.Failed(end.getExitCode(), ending(job, pod));
  }

  private CheckRun neverRan(Job job, Pod pod) {
    var fetch =
        new PodReason(
            TREE_FETCH_FAILED,
            "The tree did not reach pod %s (see kubectl logs %s -c fetch-tree); it is tried again"
                .formatted(name(pod), name(pod)));
    return blocked(job, PodReasons.of(pod).orElse(fetch), failedAt(job).orElse(now));
  }

  /**
   * A full cluster is patience, for a while; an image that cannot be pulled is a fault that someone
   * must mend.
   */
  private CheckRun starting(Job job, Pod pod) {
    Optional<PodReason> why = PodReasons.of(pod);
    Instant patientUntil = madeAt(pod).plus(PATIENCE);
    boolean isPatience =
        why.filter(r -> !r.reason().equals(PodReasons.UNSCHEDULABLE)).isEmpty()
            && !now.isAfter(patientUntil);
    return why.isEmpty() || isPatience
        ? running(job, why, patientUntil)
        : new Blocked(why.get(), Optional.empty(), Tries.of(job));
  }

  /**
   * @param until after which something else is to be seen; once it is over, an event tells
   */
  private CheckRun.Running running(Job job, Optional<PodReason> held, Instant until) {
    return new CheckRun.Running(
        held, Optional.of(until.plusSeconds(1)).filter(at -> at.isAfter(now)), Tries.of(job));
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

  /** Before the check had passed: an exit code other than 0 may be that of the signal. */
  private static boolean wasDeleted(Pod pod, Optional<ContainerState> check) {
    return deletedAt(pod).isPresent()
        && check.map(ContainerState::getTerminated).filter(end -> end.getExitCode() == 0).isEmpty();
  }

  private static Optional<Instant> deletedAt(Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getDeletionTimestamp()).map(Instant::parse);
  }

  private static boolean isOver(Pod pod) {
    return "Failed".equals(pod.getStatus().getPhase());
  }

  private static Optional<ContainerStatus> check(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .filter(status -> status.getName().equals(CheckJob.CHECK))
        .findFirst();
  }

  private Ending ending(Job job, Pod pod) {
    String image =
        check(pod)
            .map(ContainerStatus::getImageID)
            .filter(id -> !id.isEmpty())
            .orElse(key.spec().image());
    return new Ending(image, Optional.of(name(pod)), Tries.of(job));
  }

  /**
   * @param stopped when its Job failed, or its pod was deleted: a Job does not fail before its pod
   *     is gone, which on a lost node may be never
   */
  private static Blocked blocked(Job job, PodReason why, Instant stopped) {
    Tries tries = Tries.of(job);
    Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(tries.attempt() - 1, MAX_DOUBLINGS));
    Instant retry = stopped.plus(wait.compareTo(LAST_RETRY) < 0 ? wait : LAST_RETRY);
    return new Blocked(why, Optional.of(retry), tries);
  }

  private static Optional<Instant> failedAt(Job job) {
    return condition(job, "Failed").map(JobCondition::getLastTransitionTime).map(Instant::parse);
  }

  /** An object that does not say so was made now. */
  private Instant madeAt(HasMetadata object) {
    return Optional.ofNullable(object.getMetadata().getCreationTimestamp())
        .map(Instant::parse)
        .orElse(now);
  }

  /** As the Job controller calls it when {@code activeDeadlineSeconds} are over. */
  private static boolean isOutOfTime(Job job) {
    return condition(job, "Failed")
        .filter(c -> "DeadlineExceeded".equals(c.getReason()))
        .isPresent();
  }

  private static boolean isTrue(Job job, String type) {
    return condition(job, type).filter(c -> "True".equals(c.getStatus())).isPresent();
  }

  private static Optional<JobCondition> condition(Job job, String type) {
    return job.getStatus() == null
        ? Optional.empty()
        : job.getStatus().getConditions().stream()
            .filter(c -> type.equals(c.getType()))
            .findFirst();
  }

  private static String name(HasMetadata object) {
    return object.getMetadata().getName();
  }
}
