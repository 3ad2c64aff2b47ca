package dev.qudag.operator.children;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.e2e.cluster.ApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ApiServer
class ChildApplierIT {
  private KubernetesClient client;
  private ChildApplier applier;

  @BeforeEach
  void start(KubernetesClient given) {
    client = given;
    applier = new ChildApplier(client);
  }

  @Test
  void writesOnlyWhatDoesNotStandAsDesired() {
    assertThat(applier.apply(desired(Map.of("a", "1", "b", "2")), observed())).isTrue();
    assertThat(applier.apply(desired(Map.of("a", "1", "b", "2")), observed())).isFalse();
    assertThat(applier.apply(desired(Map.of("a", "1", "b", "2")), observed())).isFalse();

    assertThat(applier.apply(desired(Map.of("a", "1")), observed())).isTrue();
    assertThat(observed().orElseThrow().getData()).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void takesBackWhatSomebodyElseWrote() {
    applier.apply(desired(Map.of("a", "1")), observed());
    assertThat(applier.apply(desired(Map.of("a", "1")), observed())).isFalse();

    client.configMaps().withName("child").edit(map -> map.edit().addToData("a", "9").build());

    assertThat(applier.apply(desired(Map.of("a", "1")), observed())).isTrue();
    assertThat(observed().orElseThrow().getData()).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void whoeverWasFirstStands() {
    assertThat(applier.createOnce(desired(Map.of("a", "1"))).orElseThrow().getData())
        .isEqualTo(Map.of("a", "1"));
    assertThat(applier.createOnce(desired(Map.of("a", "2"))).orElseThrow().getData())
        .isEqualTo(Map.of("a", "1"));
  }

  private Optional<ConfigMap> observed() {
    return Optional.ofNullable(client.configMaps().withName("child").get());
  }

  private ConfigMap desired(Map<String, String> data) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName("child")
        .withNamespace(client.getNamespace())
        .endMetadata()
        .withData(data)
        .build();
  }
}
