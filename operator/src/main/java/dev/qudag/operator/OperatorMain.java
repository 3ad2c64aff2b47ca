package dev.qudag.operator;

import dev.qudag.operator.rehearse.EmptyCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.security.Security;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts the operator, or says in one sentence what the cluster lacks. */
@QuarkusMain
public final class OperatorMain implements QuarkusApplication {
  private static final System.Logger LOG = System.getLogger(OperatorMain.class.getName());

  /** The argument with which the image's build plays a start. */
  private static final String REHEARSE = "rehearse";

  private static @Nullable EmptyCluster rehearsal;

  private final Operator operator;
  private final KubernetesClient client;
  private final OperatorSettings settings;
  private final Leadership leadership;

  OperatorMain(
      Operator operator,
      KubernetesClient client,
      OperatorSettings settings,
      Leadership leadership) {
    this.operator = operator;
    this.client = client;
    this.settings = settings;
    this.leadership = leadership;
  }

  public static void main(String... arguments) throws IOException {
    // A Service that was made again has another address; the JDK would keep the old one, and a
    // failure, for long.
    Security.setProperty("networkaddress.cache.ttl", "2");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    if (List.of(arguments).equals(List.of(REHEARSE))) {
      rehearsal = EmptyCluster.start();
    }
    Quarkus.run(OperatorMain.class, arguments);
  }

  @Override
  public int run(String... arguments) throws InterruptedException {
    try {
      new ClusterDemands(client, settings.watchNamespaces()).require();
    } catch (IllegalStateException unmet) {
      LOG.log(System.Logger.Level.ERROR, unmet.getMessage());
      return 1;
    }
    operator.start();
    if (rehearsal == null) {
      Quarkus.waitForExit();
    } else {
      rehearsal.awaitReport();
      leadership.end(operator);
      rehearsal.close();
    }
    return 0;
  }

  /** A process that is told to end does not come back to {@link #run}. */
  void end(@Observes ShutdownEvent event) {
    leadership.end(operator);
  }
}
