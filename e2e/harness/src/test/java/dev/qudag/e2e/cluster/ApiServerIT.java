package dev.qudag.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;

@ApiServer(crds = false)
class ApiServerIT {

  @Test
  void servesAFreshNamespace(KubernetesClient client) {
    client
        .configMaps()
        .resource(new ConfigMapBuilder().withNewMetadata().withName("a").endMetadata().build())
        .create();
    assertThat(client.configMaps().list().getItems()).hasSize(1);
  }

  @Test
  void servesAnotherNamespaceToAnotherTest(KubernetesClient client) {
    assertThat(client.configMaps().list().getItems()).isEmpty();
  }
}
