package dev.qudag.operator.workspace;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * The pod that works in a workspace.
 *
 * @param agent the Agent that it belongs to
 * @param joining whether its container runs and is not started: it may wait to be enrolled
 * @param cloned whether it is started, which it is once the files are made
 */
record Sidecar(Pod pod, String agent, boolean joining, boolean cloned) {
  /** Label of pods and volumes: the Workspace that they belong to. */
  static final String WORKSPACE = "qudag.dev/workspace";

  private static final String CONTAINER = "workspace";

  /** The newest pod that has not ended, of those that an Agent controls. */
  static Optional<Sidecar> among(Collection<Pod> pods) {
    return pods.stream()
        .filter(pod -> controllingAgent(pod).isPresent() && !hasEnded(pod))
        .max(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
        .map(Sidecar::of);
  }

  private static Sidecar of(Pod pod) {
    Optional<ContainerStatus> running =
        Optional.ofNullable(pod.getStatus()).stream()
            .flatMap(status -> status.getInitContainerStatuses().stream())
            .filter(status -> CONTAINER.equals(status.getName()))
            .filter(c -> c.getState() != null && c.getState().getRunning() != null)
            .findFirst();
    boolean started = running.filter(c -> Boolean.TRUE.equals(c.getStarted())).isPresent();
    boolean reachable = pod.getStatus() != null && pod.getStatus().getPodIP() != null;
    return new Sidecar(
        pod,
        controllingAgent(pod).orElseThrow(),
        running.isPresent() && !started && reachable && !isGoing(pod),
        started);
  }

  /** Whoever may make pods could label one; only the operator's have an Agent as controller. */
  private static Optional<String> controllingAgent(Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream()
        .filter(
            owner -> Boolean.TRUE.equals(owner.getController()) && "Agent".equals(owner.getKind()))
        .map(OwnerReference::getName)
        .findFirst();
  }

  private static boolean isGoing(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  private static boolean hasEnded(Pod pod) {
    String phase = pod.getStatus() == null ? "" : pod.getStatus().getPhase();
    return "Succeeded".equals(phase) || "Failed".equals(phase);
  }
}
