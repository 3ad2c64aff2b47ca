package dev.qudag.e2e;

import dev.qudag.e2e.cluster.ClusterExtension;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** See {@link Operated}. */
final class OperatedExtension implements ParameterResolver {
  private static final Namespace STORE = Namespace.create(OperatedExtension.class);
  private static final Set<Class<?>> RESOLVED = Set.of(TestSwarm.class, OperatorRelease.class);

  /** What a class or a test has; closing takes leave of the Swarm, then of its operator. */
  private record Installed(OperatorRelease operator, TestSwarm swarm) implements AutoCloseable {
    static Installed of(KubernetesClient client, Operated wanted) {
      return new Installed(
          OperatorRelease.install(client, wanted.image()),
          new TestSwarm(client, client.getNamespace()));
    }

    @Override
    public void close() {
      try (operator) {
        swarm.delete();
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return RESOLVED.contains(parameter.getParameter().getType());
  }

  /**
   * In two steps, and the Swarm as the second one: an operator whose Swarm never becomes ready is
   * in the store, and is taken leave of too.
   */
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Operated wanted = context.getRequiredTestClass().getAnnotation(Operated.class);
    KubernetesClient client = ClusterExtension.client(context);
    Store store = context.getStore(STORE);
    Installed installed =
        store.computeIfAbsent(
            Installed.class, key -> Installed.of(client, wanted), Installed.class);
    TestSwarm swarm =
        store.computeIfAbsent(
            TestSwarm.class, key -> begun(installed.swarm(), wanted), TestSwarm.class);
    return parameter.getParameter().getType() == TestSwarm.class ? swarm : installed.operator();
  }

  private static TestSwarm begun(TestSwarm swarm, Operated wanted) {
    if (wanted.validators() > 0) {
      swarm.apply(SwarmManifest.of(wanted.validators()).withPolicy(wanted.policy()));
      swarm.awaitReady();
    }
    return swarm;
  }
}
