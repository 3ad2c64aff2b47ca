package dev.qudag.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.e2e.cluster.ApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two operators and one Lease, which a leader that only vanishes holds for 15 seconds. */
@ApiServer
class LeadershipIT {
  private final AtomicInteger exits = new AtomicInteger();
  private KubernetesClient client;
  private Leadership oldRules;
  private Leadership newRules;
  private Operator oldOne;
  private Operator newOne;

  @ControllerConfiguration(name = "idle")
  private static final class Idle implements Reconciler<Swarm> {
    @Override
    public UpdateControl<Swarm> reconcile(Swarm swarm, Context<Swarm> context) {
      return UpdateControl.noUpdate();
    }
  }

  @BeforeEach
  void start(KubernetesClient given) {
    client = given;
    oldRules = rules("old");
    newRules = rules("new");
    oldOne = run(oldRules);
    await().atMost(Duration.ofSeconds(30)).until(() -> holder().equals("old"));
    newOne = run(newRules);
  }

  @AfterEach
  void stop() {
    newRules.end(newOne);
  }

  @Test
  void givesTheLeaseBackWhenItEnds() {
    oldRules.end(oldOne);

    await().atMost(Duration.ofSeconds(8)).until(() -> holder().equals("new"));
    assertThat(exits).hasValue(0);
  }

  @Test
  void endsTheProcessWhenItLosesTheLease() {
    client
        .leases()
        .withName(Leadership.LEASE)
        .edit(lease -> lease.edit().editSpec().withHolderIdentity("somebody").endSpec().build());

    await().atMost(Duration.ofSeconds(30)).until(() -> exits.get() == 1);
    oldRules.end(oldOne);
  }

  private Leadership rules(String identity) {
    return new Leadership(client, client.getNamespace(), identity, exits::incrementAndGet);
  }

  private Operator run(Leadership rules) {
    var plain = new KubernetesClientBuilder().withConfig(client.getConfiguration()).build();
    var operator =
        new Operator(
            c ->
                c.withKubernetesClient(plain)
                    .withCloseClientOnStop(true)
                    .withLeaderElectionConfiguration(rules.configuration()));
    operator.register(new Idle(), c -> c.settingNamespaces(client.getNamespace()));
    operator.start();
    return operator;
  }

  private String holder() {
    var lease = client.leases().withName(Leadership.LEASE).get();
    return lease == null ? "" : Objects.requireNonNullElse(lease.getSpec().getHolderIdentity(), "");
  }
}
