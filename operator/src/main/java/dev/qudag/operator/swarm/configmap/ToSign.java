package dev.qudag.operator.swarm.configmap;

import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.SwarmStatus;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.node.SwarmKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A change that waits for the signature of an administrator, and the ConfigMap from which {@code
 * qudag-node admin sign} takes it.
 *
 * @param change the bytes that are signed
 */
public record ToSign(Kind kind, Bytes change) {
  private static final String KEY = "change";

  /** What changes. */
  public enum Kind {
    POLICY_CHANGE("PolicyChange"),
    SET_CHANGE("SetChange"),
    RECOVERY("Recovery");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  public static ToSign of(Kind kind, byte[] change) {
    return new ToSign(kind, Bytes.of(change));
  }

  public String digest() {
    return Digest.sha256(change.toArray()).hex();
  }

  public SwarmStatus.PendingChange status() {
    return new SwarmStatus.PendingChange(kind.text, digest());
  }

  /** The bytes that a ConfigMap shows; empty when they are none. */
  public static Optional<Bytes> shown(ConfigMap map) {
    try {
      return Optional.ofNullable(map.getBinaryData())
          .map(data -> data.get(KEY))
          .map(encoded -> Bytes.of(Base64.getDecoder().decode(encoded)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  public ConfigMap map(Swarm swarm) {
    SwarmKey key = SwarmKey.of(swarm);
    return new ConfigMapBuilder()
        .withMetadata(
            Children.meta(
                swarm,
                /* name= */ key.pendingChangeName(),
                /* swarm= */ key.name(),
                /* component= */ "swarm"))
        .withBinaryData(Map.of(KEY, Base64.getEncoder().encodeToString(change.toArray())))
        .build();
  }
}
