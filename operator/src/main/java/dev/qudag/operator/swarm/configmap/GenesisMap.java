package dev.qudag.operator.swarm.configmap;

import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.node.SwarmKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The genesis as an immutable ConfigMap: written once, read by every pass. That of a chain in the
 * place of another has the administrator's {@code signature} too, and for people the fingerprint of
 * its {@code predecessor}.
 */
public final class GenesisMap {
  private static final String KEY = "genesis";
  private static final String PREDECESSOR = "predecessor";
  private static final String SIGNATURE = "signature";

  private GenesisMap() {}

  /**
   * @param signature by an administrator of the predecessor
   */
  public static ConfigMap of(Swarm swarm, Genesis genesis, Optional<AdminSignature> signature) {
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
        .withData(ofTheSuccession(genesis, signature))
        .build();
  }

  private static Map<String, String> ofTheSuccession(
      Genesis genesis, Optional<AdminSignature> signature) {
    Map<String, String> data = new TreeMap<>();
    genesis.predecessor().ifPresent(before -> data.put(PREDECESSOR, before.genesis().hex()));
    signature.ifPresent(by -> data.put(SIGNATURE, by.toText()));
    return data;
  }

  /** The signature of an administrator of the predecessor, where one was needed. */
  public static Optional<AdminSignature> signature(ConfigMap map) {
    return Optional.ofNullable(map.getData())
        .map(data -> data.get(SIGNATURE))
        .map(AdminSignature::ofText);
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
