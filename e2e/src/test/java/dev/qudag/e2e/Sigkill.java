package dev.qudag.e2e;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.time.Duration;

/** {@code kill -9} of what runs in a container, which the kubelet then starts again. */
final class Sigkill {
  private static final String KILL =
      "kill -9 $(grep -l '^java$' /proc/[0-9]*/comm | cut -d / -f 3)";

  private Sigkill() {}

  /** Kills the Java process of a container, and waits until the container was started again. */
  static void java(KubernetesClient client, String namespace, String pod, String container) {
    var resource = client.pods().inNamespace(namespace).withName(pod);
    int before = restarts(resource.get());
    try (ExecWatch watch = resource.inContainer(container).exec("sh", "-c", KILL)) {
      await("%s of %s is started again".formatted(container, pod))
          .atMost(Duration.ofSeconds(60))
          .until(() -> restarts(resource.get()) > before);
    }
  }

  /** How often the containers of a pod were started again. */
  static int restarts(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .mapToInt(status -> status.getRestartCount())
        .sum();
  }
}
