package dev.qudag.e2e;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.stream.Stream;

/** What the kubelet says of a pod's containers, and what a test does to them on their node. */
final class Containers {
  private Containers() {}

  /**
   * SIGKILL to the first process of a container. That cannot be done from inside, where it is
   * process 1 and the kernel keeps it from harm.
   */
  static void sigkill(Pod pod, String container) {
    String id =
        statuses(pod)
            .filter(status -> status.getName().equals(container))
            .map(ContainerStatus::getContainerID)
            .findFirst()
            .orElseThrow();
    String node = pod.getSpec().getNodeName();
    Shell.run(List.of("e2e/cluster", "kill", node, id.substring(id.indexOf("//") + 2)));
  }

  /** How often they were started again. */
  static int restarts(Pod pod) {
    return statuses(pod).mapToInt(ContainerStatus::getRestartCount).sum();
  }

  private static Stream<ContainerStatus> statuses(Pod pod) {
    return Stream.concat(
        pod.getStatus().getInitContainerStatuses().stream(),
        pod.getStatus().getContainerStatuses().stream());
  }
}
