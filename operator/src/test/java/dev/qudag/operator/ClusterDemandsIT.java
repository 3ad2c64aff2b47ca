package dev.qudag.operator;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.e2e.cluster.ApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.junit.jupiter.api.Test;

@ApiServer(crds = false)
class ClusterDemandsIT {
  @Test
  void namesTheMissingKindsAndTheCommand(KubernetesClient client) {
    assertThatThrownBy(() -> new ClusterDemands(client, List.of(client.getNamespace())).require())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("swarms.qudag.dev")
        .hasMessageContaining("helm install qudag-crds charts/qudag-crds");
  }
}
