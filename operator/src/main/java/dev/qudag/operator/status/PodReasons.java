package dev.qudag.operator.status;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads out of a pod why it does not run. Pure: the pod's status is all it looks at. */
public final class PodReasons {
  public static final String IMAGE_PULL_FAILED = "ImagePullFailed";
  public static final String UNSCHEDULABLE = "Unschedulable";
  public static final String VOLUME_UNBOUND = "VolumeUnbound";
  public static final String REFERENCE_MISSING = "ReferenceMissing";
  public static final String CONTAINER_START_FAILED = "ContainerStartFailed";
  public static final String CRASH_LOOPING = "CrashLooping";
  public static final String OUT_OF_MEMORY = "OutOfMemory";
  public static final String EVICTED = "Evicted";

  /** All of them. */
  public static final Set<String> ALL =
      Set.of(
          IMAGE_PULL_FAILED,
          UNSCHEDULABLE,
          VOLUME_UNBOUND,
          REFERENCE_MISSING,
          CONTAINER_START_FAILED,
          CRASH_LOOPING,
          OUT_OF_MEMORY,
          EVICTED);

  private PodReasons() {}

  /** Why the pod does not run; empty when it runs, is on its way, or has ended well. */
  public static Optional<PodReason> of(Pod pod) {
    PodStatus status = pod.getStatus();
    if (status == null) {
      return Optional.empty();
    }
    String name = pod.getMetadata().getName();
    if ("Evicted".equals(status.getReason())) {
      return reason(EVICTED, "Pod %s was evicted: %s", name, status.getMessage());
    }
    return unschedulable(name, status)
        .or(
            () ->
                containers(status)
                    .flatMap(container -> waiting(name, container).stream())
                    .findFirst())
        .or(
            () ->
                containers(status)
                    .flatMap(container -> ended(name, container).stream())
                    .findFirst());
  }

  private static Optional<PodReason> unschedulable(String pod, PodStatus status) {
    return status.getConditions().stream()
        .filter(c -> "PodScheduled".equals(c.getType()) && "False".equals(c.getStatus()))
        .findFirst()
        .flatMap(condition -> unschedulable(pod, condition));
  }

  private static Optional<PodReason> unschedulable(String pod, PodCondition condition) {
    String why = condition.getMessage() == null ? "" : condition.getMessage();
    return why.toLowerCase(Locale.ROOT).contains("persistentvolumeclaim")
        ? reason(
            VOLUME_UNBOUND,
            "Pod %s waits for its volume: %s. See kubectl describe pvc, and whether the"
                + " StorageClass exists and has room",
            pod,
            why)
        : reason(
            UNSCHEDULABLE,
            "Pod %s fits no node: %s. Add room, or lower resources or change podOverrides",
            pod,
            why);
  }

  private static Optional<PodReason> waiting(String pod, ContainerStatus container) {
    ContainerStateWaiting waiting =
        container.getState() == null ? null : container.getState().getWaiting();
    if (waiting == null || waiting.getReason() == null) {
      return Optional.empty();
    }
    String why = waiting.getMessage();
    return switch (waiting.getReason()) {
      case "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ImageInspectError" ->
          reason(
              IMAGE_PULL_FAILED,
              "Image %s of pod %s cannot be pulled: %s. Correct the image, or add imagePullSecrets",
              container.getImage(),
              pod,
              why);
      case "CreateContainerConfigError" ->
          reason(
              REFERENCE_MISSING,
              "Container %s of pod %s refers to what is not there: %s. Create it, or correct the"
                  + " reference",
              container.getName(),
              pod,
              why);
      case "CreateContainerError", "RunContainerError" ->
          reason(
              CONTAINER_START_FAILED,
              "Container %s of pod %s cannot start: %s",
              container.getName(),
              pod,
              why);
      case "CrashLoopBackOff" -> crashing(pod, container);
      default -> Optional.empty();
    };
  }

  private static Optional<PodReason> crashing(String pod, ContainerStatus container) {
    ContainerStateTerminated last =
        container.getLastState() == null ? null : container.getLastState().getTerminated();
    return isOutOfMemory(last)
        ? outOfMemory(pod, container)
        : reason(
            CRASH_LOOPING,
            "Container %s of pod %s ends again and again%s. See kubectl logs %s -c %s --previous",
            container.getName(),
            pod,
            last == null ? "" : ", last with exit code " + last.getExitCode(),
            pod,
            container.getName());
  }

  private static Optional<PodReason> ended(String pod, ContainerStatus container) {
    ContainerStateTerminated now =
        container.getState() == null ? null : container.getState().getTerminated();
    return isOutOfMemory(now) ? outOfMemory(pod, container) : Optional.empty();
  }

  private static Optional<PodReason> outOfMemory(String pod, ContainerStatus container) {
    return reason(
        OUT_OF_MEMORY,
        "Container %s of pod %s needed more memory than its limit. Raise the limit in resources",
        container.getName(),
        pod);
  }

  private static boolean isOutOfMemory(@Nullable ContainerStateTerminated terminated) {
    return terminated != null && "OOMKilled".equals(terminated.getReason());
  }

  private static Stream<ContainerStatus> containers(PodStatus status) {
    return Stream.concat(
        status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream());
  }

  private static Optional<PodReason> reason(
      String reason, String format, @Nullable Object... arguments) {
    return Optional.of(new PodReason(reason, format.formatted(arguments)));
  }
}
