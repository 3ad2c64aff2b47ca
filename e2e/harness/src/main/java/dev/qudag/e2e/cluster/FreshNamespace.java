package dev.qudag.e2e.cluster;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A namespace of one test or one class, and a client for it; closing it deletes both. */
final class FreshNamespace implements AutoCloseable {

  private static final String ENFORCED_LEVEL = "pod-security.kubernetes.io/enforce";

  private final KubernetesClient client;
  private final Duration patience;

  private FreshNamespace(KubernetesClient client, Duration patience) {
    this.client = client;
    this.patience = patience;
  }

  /**
   * Creates it.
   *
   * @param patience how long closing waits until it is gone; zero where no controller would remove
   *     it
   */
  static FreshNamespace create(Path kubeconfig, String name, Duration patience) {
    KubernetesClient client = Harness.client(kubeconfig, name);
    client
        .namespaces()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(ENFORCED_LEVEL, "restricted")
                .endMetadata()
                .build())
        .create();
    return new FreshNamespace(client, patience);
  }

  KubernetesClient client() {
    return client;
  }

  /**
   * Fails when something holds the namespace back: a finalizer that nobody takes off is a fault.
   */
  @Override
  public void close() {
    var namespace = client.namespaces().withName(client.getNamespace());
    try (client) {
      namespace.delete();
      if (patience.isPositive()) {
        namespace.waitUntilCondition(Objects::isNull, patience.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }
}
