package dev.qudag.operator;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An operator that runs one reconciler, on the namespace of a client. */
public final class TestingOperator implements AutoCloseable {
  private final Operator operator;
  private final Passes passes = new Passes();

  private TestingOperator(KubernetesClient client) {
    var own = new KubernetesClientBuilder().withConfig(client.getConfiguration()).build();
    this.operator =
        new Operator(
            config ->
                config.withKubernetesClient(own).withCloseClientOnStop(true).withMetrics(passes));
  }

  public static <P extends HasMetadata> TestingOperator run(
      KubernetesClient client, Reconciler<P> reconciler) {
    var testing = new TestingOperator(client);
    testing.operator.register(
        reconciler, config -> config.settingNamespaces(client.getNamespace()));
    testing.operator.start();
    return testing;
  }

  /** Waits until this operator has made a whole pass over the object of that name. */
  public void awaitPass(String name) {
    await().atMost(Duration.ofSeconds(30)).until(() -> passes.done.contains(name));
  }

  @Override
  public void close() {
    operator.stop();
  }

  /** The names of what was reconciled without an error. */
  private static final class Passes implements Metrics {
    private final Set<String> done = ConcurrentHashMap.newKeySet();

    @Override
    public void reconciliationSucceeded(HasMetadata resource, Map<String, Object> metadata) {
      done.add(resource.getMetadata().getName());
    }
  }
}
