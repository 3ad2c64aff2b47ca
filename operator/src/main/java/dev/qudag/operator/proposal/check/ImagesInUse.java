package dev.qudag.operator.proposal.check;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the references to images stand for now: the id that the last run of each had. One that names
 * its digest stands for that for ever.
 *
 * @param pods of checks
 */
public record ImagesInUse(List<Pod> pods) {
  private static final String BY_DIGEST = "@";

  private record Use(String image, Instant at) {}

  /** Whether a result is of another image than a run would have now. */
  public boolean isOutdated(String reference, CheckRun.Ending ending) {
    return !reference.contains(BY_DIGEST)
        && last(reference).filter(image -> !image.equals(ending.image())).isPresent();
  }

  private Optional<String> last(String reference) {
    return pods.stream()
        .filter(pod -> refersTo(pod, reference))
        .flatMap(ImagesInUse::use)
        .max(Comparator.comparing(Use::at))
        .map(Use::image);
  }

  private static boolean refersTo(Pod pod, String reference) {
    return pod.getSpec().getContainers().stream()
        .anyMatch(c -> c.getName().equals(CheckJob.CHECK) && reference.equals(c.getImage()));
  }

  private static Stream<Use> use(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .filter(status -> status.getName().equals(CheckJob.CHECK))
        .filter(status -> status.getImageID() != null && !status.getImageID().isEmpty())
        .flatMap(status -> startedAt(status).map(at -> new Use(status.getImageID(), at)).stream());
  }

  private static Optional<Instant> startedAt(ContainerStatus status) {
    return Optional.ofNullable(status.getState()).flatMap(ImagesInUse::startedAt);
  }

  /** The kubelet also calls a container terminated that never started; then it has no start. */
  static Optional<Instant> startedAt(ContainerState state) {
    if (state.getRunning() != null) {
      return Optional.ofNullable(state.getRunning().getStartedAt()).map(Instant::parse);
    }
    return Optional.ofNullable(state.getTerminated())
        .map(ended -> ended.getStartedAt())
        .map(Instant::parse)
        .filter(at -> at.isAfter(Instant.EPOCH));
  }
}
