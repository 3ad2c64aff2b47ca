package dev.qudag.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Deleting a Swarm removes what it made within 60 seconds, also when the operator dies half-way.
 */
@Operated
class DeletionE2E {

  @Test
  void removesAllWithinAMinuteAlsoWhenTheOperatorIsKilled(
      KubernetesClient client, OperatorRelease operator, TestSwarm swarm) {
    swarm.apply(SwarmManifest.of(4));
    swarm.awaitReady();
    swarm.agent("busy", "sleep 900 & wait");
    swarm.awaitAgent("busy", "Active");

    client.resource(swarm.swarm()).delete();
    operator.kill();

    Awaitility.await("nothing of the Swarm is left")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(children(client)).isEmpty());
  }

  @Test
  void keepsTheHubsVolumeAlsoWhenThePodsAreGoneBefore(
      KubernetesClient client, OperatorRelease operator, TestSwarm swarm) {
    swarm.apply(SwarmManifest.of(1).retained());
    swarm.awaitReady();
    swarm.agent("busy", "sleep 900 & wait");
    swarm.awaitAgent("busy", "Active");

    client.pods().withLabel("qudag.dev/swarm", TestSwarm.NAME).withGracePeriod(0).delete();
    swarm.delete();

    Awaitility.await("only the hub's volume is left")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(children(client))
                    .containsExactly("PersistentVolumeClaim/data-" + TestSwarm.HUB_POD));
    assertThat(operator.restarts()).isZero();
  }

  private static List<String> children(KubernetesClient client) {
    return Stream.<List<? extends HasMetadata>>of(
            client.pods().withLabel("qudag.dev/swarm", TestSwarm.NAME).list().getItems(),
            client
                .apps()
                .statefulSets()
                .withLabel("qudag.dev/swarm", TestSwarm.NAME)
                .list()
                .getItems(),
            client.services().withLabel("qudag.dev/swarm", TestSwarm.NAME).list().getItems(),
            client.configMaps().withLabel("qudag.dev/swarm", TestSwarm.NAME).list().getItems(),
            client
                .persistentVolumeClaims()
                .withLabel("qudag.dev/swarm", TestSwarm.NAME)
                .list()
                .getItems(),
            client
                .batch()
                .v1()
                .jobs()
                .withLabel("qudag.dev/swarm", TestSwarm.NAME)
                .list()
                .getItems())
        .flatMap(List::stream)
        .map(object -> object.getKind() + "/" + object.getMetadata().getName())
        .toList();
  }
}
