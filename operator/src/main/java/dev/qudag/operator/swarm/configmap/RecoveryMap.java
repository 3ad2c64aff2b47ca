package dev.qudag.operator.swarm.configmap;

import dev.qudag.consensus.certificate.Recovery;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Base64;

/**
 * The ConfigMap by which a person asks for a new chain in the place of one that cannot go on: key
 * {@code recovery} is the file that {@code qudag-node admin recover} made.
 */
public final class RecoveryMap {
  private static final String KEY = "recovery";

  private RecoveryMap() {}

  /** What was handed in. */
  public sealed interface Content {
    /** It proves where the old chain ended. */
    record Proven(Recovery recovery) implements Content {}

    /**
     * It does not.
     *
     * @param why with the remedy
     */
    record Refused(String why) implements Content {}
  }

  public static Content read(ConfigMap map) {
    String name = map.getMetadata().getName();
    String encoded = map.getBinaryData() == null ? null : map.getBinaryData().get(KEY);
    if (encoded == null) {
      return new Content.Refused(
          "ConfigMap %s has no binaryData.%s: delete it, and make it with kubectl create configmap %s --from-file=%s=FILE"
              .formatted(name, KEY, name, KEY));
    }
    try {
      Recovery recovery = Recovery.decode(Base64.getDecoder().decode(encoded));
      return recovery
          .refusal()
          .<Content>map(refusal -> refused(name, refusal.message()))
          .orElseGet(() -> new Content.Proven(recovery));
    } catch (IllegalArgumentException e) {
      return refused(name, String.valueOf(e.getMessage()));
    }
  }

  private static Content refused(String name, String why) {
    return new Content.Refused(
        "What ConfigMap %s holds does not prove where a chain ended: %s. Make it anew with qudag-node admin recover (docs/how-to/recover.md)"
            .formatted(name, why));
  }
}
