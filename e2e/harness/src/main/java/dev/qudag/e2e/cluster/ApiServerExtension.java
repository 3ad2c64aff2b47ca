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
  private static final Path FOLDER = Path.of("target", "apiserver").toAbsolutePath();

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
    RunningApiServer server =
        context
            .getRoot()
            .getStore(STORE)
            .computeIfAbsent(
                RunningApiServer.class,
                key -> RunningApiServer.start(Harness.above(Path.of("")), FOLDER),
                RunningApiServer.class);
    if (wantsCrds(context.getRequiredTestClass())) {
      server.applyCrds();
    }
    String name = NamespaceName.of(TestName.of(context), RandomGenerator.getDefault());
    return FreshNamespace.create(server.kubeconfig(), name, Duration.ZERO);
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
