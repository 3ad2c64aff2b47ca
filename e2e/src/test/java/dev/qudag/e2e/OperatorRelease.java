package dev.qudag.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;

/** An operator of the test's own, installed by Helm in the namespace that it watches. */
final class OperatorRelease implements AutoCloseable {
  /** Short name of the image that runs hub, validators and sidecars. */
  static final String NODE_IMAGE = "node";

  private final KubernetesClient client;
  private final String namespace;

  private OperatorRelease(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /**
   * Installs the CRDs and, in the client's namespace, the operator, and waits until it is
   * available.
   *
   * @param image short name of what runs hub, validators and sidecars; built first if it is no part
   *     of the product
   */
  static OperatorRelease install(KubernetesClient client, String image) {
    String namespace = client.getNamespace();
    if (!image.equals(NODE_IMAGE)) {
      Shell.run(List.of("e2e/images", image));
    }
    Shell.run(
        List.of(
            "e2e/cluster",
            "tool",
            "kubectl",
            "apply",
            "--server-side",
            "--force-conflicts",
            "-f",
            "crds/src/main/resources/META-INF/qudag"));
    var command = new ArrayList<>(List.of("e2e/cluster", "tool", "helm", "upgrade", "--install"));
    command.addAll(List.of(namespace, "charts/qudag", "--namespace", namespace));
    command.addAll(List.of("--set", "watchNamespaces={" + namespace + "}"));
    command.addAll(List.of("--set", "node.image=localhost/qudag/" + image + ":dev"));
    command.addAll(List.of("--set", "testing.crashPoints=true"));
    command.addAll(List.of("--wait", "--timeout", "180s"));
    Shell.run(command);
    return new OperatorRelease(client, namespace);
  }

  List<Pod> pods() {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel("app.kubernetes.io/name", "qudag")
        .list()
        .getItems();
  }

  /** Takes the pod away without grace; the Deployment makes another. */
  void kill() {
    pods().forEach(pod -> client.resource(pod).withGracePeriod(0).delete());
  }

  /** Kills the process where it stands; the kubelet starts another. */
  void sigkill() {
    pods().forEach(pod -> Containers.sigkill(pod, "operator"));
  }

  int restarts() {
    return pods().stream().mapToInt(Containers::restarts).sum();
  }

  @Override
  public void close() {
    Shell.run(
        List.of("e2e/cluster", "tool", "helm", "uninstall", namespace, "--namespace", namespace));
  }
}
