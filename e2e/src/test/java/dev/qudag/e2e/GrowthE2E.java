package dev.qudag.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.SwarmStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A swarm of one validator grows to four while it runs. */
@Operated(validators = 1)
class GrowthE2E {
  private static KubernetesClient cluster;
  private static TestSwarm swarm;

  @BeforeAll
  static void on(TestSwarm running, KubernetesClient client) {
    swarm = running;
    cluster = client;
  }

  @Test
  void fourDecideAndTheFirstIsNeededNoMore() {
    swarm.land("one");
    swarm.apply(SwarmManifest.of(4));
    swarm.awaitThat("four decide", () -> status().chain().epoch() == 1);
    swarm.awaitThat("four are ready", () -> "4/4".equals(status().summary().validators()));

    assertThat(TestSwarm.isTrue(swarm.swarm(), "SetComplete")).isTrue();
    assertThat(TestSwarm.isTrue(swarm.swarm(), "QuorumHealthy")).isTrue();
    assertThat(status().chain().quorum()).isEqualTo(3);
    var set = cluster.configMaps().withName(TestSwarm.NAME + "-epoch-1").get();
    assertThat(set.getData().get("members")).isEqualTo("t-v0 t-v1 t-v2 t-v3");
    swarm.kill(TestSwarm.NAME + "-v0-0");
    swarm.land("two");
  }

  private static SwarmStatus status() {
    return swarm.swarm().getStatus();
  }
}
