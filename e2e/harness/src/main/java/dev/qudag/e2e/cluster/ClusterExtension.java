package dev.qudag.e2e.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** See {@link Cluster}. */
public final class ClusterExtension
    implements ParameterResolver, AfterEachCallback, AfterAllCallback {

  private static final Namespace STORE = Namespace.create(ClusterExtension.class);
  private static final Duration UNTIL_GONE = Duration.ofSeconds(90);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KubernetesClient.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return client(context);
  }

  /**
   * The client that a parameter would be, for an extension that sets something up in the namespace:
   * what it keeps in a store of the same context is closed before the namespace goes, and after a
   * failure is reported.
   */
  public static KubernetesClient client(ExtensionContext context) {
    return context
        .getStore(STORE)
        .computeIfAbsent(FreshNamespace.class, key -> create(context), FreshNamespace.class)
        .client();
  }

  private static FreshNamespace create(ExtensionContext context) {
    Path kubeconfig =
        context
            .getRoot()
            .getStore(STORE)
            .computeIfAbsent(Path.class, key -> kubeconfigOfRunningCluster(), Path.class);
    String name = NamespaceName.of(TestName.of(context), RandomGenerator.getDefault());
    return FreshNamespace.create(kubeconfig, name, UNTIL_GONE);
  }

  private static Path kubeconfigOfRunningCluster() {
    Harness harness = Harness.above(Path.of(""));
    harness.run("up");
    return Path.of(harness.run("kubeconfig"));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    reportFailure(context);
  }

  /** A failed {@code @BeforeAll} has no test of its own to report for it. */
  @Override
  public void afterAll(ExtensionContext context) {
    reportFailure(context);
  }

  private static void reportFailure(ExtensionContext context) {
    FreshNamespace namespace =
        context.getStore(STORE).get(FreshNamespace.class, FreshNamespace.class);
    if (namespace != null && context.getExecutionException().isPresent()) {
      Path folder = Path.of("target", "e2e", TestName.of(context));
      new FailureReport(namespace.client(), folder).write();
    }
  }
}
