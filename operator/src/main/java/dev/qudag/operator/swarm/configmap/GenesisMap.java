package dev.qudag.operator.swarm.configmap;

import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.node.SwarmKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Base64;
import java.util.Map;

/** The genesis as an immutable ConfigMap: written once, read by every pass. */
public final class GenesisMap {
  private static final String KEY = "genesis";

  private GenesisMap() {}

  public static ConfigMap of(Swarm swarm, Genesis genesis) {
    SwarmKey key = SwarmKey.of(swarm);
    return new ConfigMapBuilder()
        .withMetadata(
            Children.meta(
                swarm,
                /* name= */ key.genesisName(),
                /* swarm= */ key.name(),
                /* component= */ "swarm"))
        .withImmutable(true)
        .withBinaryData(Map.of(KEY, Base64.getEncoder().encodeToString(genesis.encode())))
        .build();
  }

  public static Genesis read(ConfigMap map) {
    String encoded = map.getBinaryData() == null ? null : map.getBinaryData().get(KEY);
    if (encoded == null) {
      throw new IllegalStateException(
          "ConfigMap %s has no binaryData.%s: restore it from a backup"
              .formatted(map.getMetadata().getName(), KEY));
    }
    return Genesis.decode(Base64.getDecoder().decode(encoded));
  }
}
