package dev.qudag.e2e.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** See {@link ApiServer}. */
final class ApiServerExtension implements ParameterResolver {

  private static final Namespace STORE = Namespace.create(ApiServerExtension.class);
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KubernetesClient.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(STORE)
        .computeIfAbsent(FreshNamespace.class, key -> create(context), FreshNamespace.class)
        .client();
  }

  private static FreshNamespace create(ExtensionContext context) {
    boolean crds = wantsCrds(context.getRequiredTestClass());
    RunningApiServer server =
        context
            .getRoot()
            .getStore(STORE)
            .computeIfAbsent(crds, key -> start(crds), RunningApiServer.class);
    String name = NamespaceName.of(TestName.of(context), RandomGenerator.getDefault());
    return FreshNamespace.create(server.kubeconfig(), name, Duration.ZERO);
  }

  /**
   * A server without definitions is another one, so that no class finds those of the one before.
   */
  private static RunningApiServer start(boolean crds) {
    Path folder = TARGET.resolve(crds ? "apiserver" : "apiserver-bare");
    RunningApiServer server = RunningApiServer.start(Harness.above(Path.of("")), folder);
    if (crds) {
      server.applyCrds();
    }
    return server;
  }

  /** The annotation stands on the class or on the one that a nested class lies in. */
  private static boolean wantsCrds(Class<?> type) {
    for (Class<?> outer = type; outer != null; outer = outer.getEnclosingClass()) {
      ApiServer wish = outer.getAnnotation(ApiServer.class);
      if (wish != null) {
        return wish.crds();
      }
    }
    return false;
  }
}
