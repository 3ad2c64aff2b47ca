package dev.qudag.operator.agent;

import dev.qudag.operator.agent.lifecycle.Run;
import dev.qudag.operator.agent.lifecycle.Run.Stage;
import dev.qudag.operator.agent.pod.AgentNames;
import dev.qudag.operator.status.PodReasons;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a run out of its pod. Pure.
 *
 * <p>What counts is how the container {@code agent} ended. A pod that was deleted, evicted or lost
 * before it ended, or whose workspace could not be made, is no attempt.
 */
final class RunReader {
  private RunReader() {}

  static Run read(Pod pod) {
    PodStatus status = pod.getStatus() == null ? new PodStatusBuilder().build() : pod.getStatus();
    boolean deleting = pod.getMetadata().getDeletionTimestamp() != null;
    return new Run(
        AgentNames.attempt(pod),
        pod.getMetadata().getName(),
        pod.getMetadata().getUid(),
        stage(pod, status, deleting),
        stopped(pod, status),
        pod.getMetadata().getFinalizers().contains(AgentNames.HANDOVER_FINALIZER),
        deleting,
        installed(status));
  }

  private static Stage stage(Pod pod, PodStatus status, boolean deleting) {
    Optional<ContainerStatus> agent = container(status, AgentNames.AGENT_CONTAINER);
    Optional<ContainerStateTerminated> end = agent.flatMap(RunReader::terminated);
    if (end.isPresent() && end.get().getExitCode() == 0) {
      return new Stage.Ended(true, "exit code 0", Optional.empty());
    }
    if ("DeadlineExceeded".equals(status.getReason())) {
      return installed(status)
          ? new Stage.Ended(false, "it ran longer than timeoutSeconds", Optional.empty())
          : new Stage.Lost(
              "the workspace of pod "
                  + pod.getMetadata().getName()
                  + " was not made within timeoutSeconds");
    }
    if (deleting || isDisrupted(status)) {
      return new Stage.Lost(
          "pod " + pod.getMetadata().getName() + " was removed before its program ended");
    }
    if (end.isPresent()) {
      return new Stage.Ended(false, "exit code " + end.get().getExitCode(), PodReasons.of(pod));
    }
    if (isOver(status)) {
      return new Stage.Lost(
          "pod " + pod.getMetadata().getName() + " ended before its program started");
    }
    boolean running =
        agent.filter(c -> c.getState() != null && c.getState().getRunning() != null).isPresent();
    return running ? new Stage.Active() : new Stage.Waiting(PodReasons.of(pod));
  }

  /**
   * When the last container stopped; the epoch when that is not known. A pod that is over has no
   * running container, whatever stands there: the kubelet waits for the last, and a pod whose node
   * is gone has nobody who would write that it ended.
   */
  private static Optional<Instant> stopped(Pod pod, PodStatus status) {
    boolean running =
        !isOver(status)
            && containers(status)
                .anyMatch(c -> c.getState() != null && c.getState().getRunning() != null);
    boolean deletedUnborn =
        pod.getMetadata().getDeletionTimestamp() != null && containers(status).findAny().isEmpty();
    if (running || !(isOver(status) || deletedUnborn || allTerminated(pod, status))) {
      return Optional.empty();
    }
    return Optional.of(
        containers(status)
            .flatMap(c -> terminated(c).stream())
            .map(ContainerStateTerminated::getFinishedAt)
            .filter(at -> at != null)
            .map(Instant::parse)
            .max(Comparator.naturalOrder())
            .orElse(Instant.EPOCH));
  }

  /** A deleted pod may keep a phase from before. */
  private static boolean allTerminated(Pod pod, PodStatus status) {
    return pod.getMetadata().getDeletionTimestamp() != null
        && containers(status)
            .allMatch(c -> c.getState() != null && c.getState().getRunning() == null);
  }

  private static boolean isOver(PodStatus status) {
    return "Succeeded".equals(status.getPhase()) || "Failed".equals(status.getPhase());
  }

  private static boolean isDisrupted(PodStatus status) {
    return "Evicted".equals(status.getReason())
        || status.getConditions().stream()
            .anyMatch(c -> "DisruptionTarget".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  /** What comes before the agent has ended well, so the agent may have seen the files. */
  private static boolean installed(PodStatus status) {
    return container(status, AgentNames.INSTALL_CONTAINER)
        .flatMap(RunReader::terminated)
        .filter(end -> end.getExitCode() == 0)
        .isPresent();
  }

  private static Optional<ContainerStateTerminated> terminated(ContainerStatus container) {
    return Optional.ofNullable(container.getState()).map(state -> state.getTerminated());
  }

  private static Optional<ContainerStatus> container(PodStatus status, String name) {
    return containers(status).filter(c -> name.equals(c.getName())).findFirst();
  }

  private static Stream<ContainerStatus> containers(PodStatus status) {
    return Stream.concat(
        status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream());
  }
}
