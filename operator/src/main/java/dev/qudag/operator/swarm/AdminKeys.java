package dev.qudag.operator.swarm;

import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.SwarmSpec;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.operator.swarm.configmap.ToSign;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The keys of people that a Swarm names, and what one of them has signed. */
final class AdminKeys {
  /** Carries {@link AdminSignature#toText} over what {@code status.pendingChange} shows. */
  static final String SIGNATURE = "qudag.dev/admin-signature";

  private AdminKeys() {}

  static List<VerifyingKey> of(SwarmSpec spec) {
    return spec.adminKeys().stream()
        .map(key -> VerifyingKey.of(Base64.getDecoder().decode(key)))
        .toList();
  }

  /** A signature over exactly these bytes by one of the keys; empty when there is none. */
  static Optional<AdminSignature> signatureOver(
      byte[] change, Swarm swarm, List<VerifyingKey> keys) {
    return text(swarm).flatMap(AdminKeys::parse).filter(found -> found.isOver(change, keys));
  }

  /**
   * What a person is told who has to sign.
   *
   * @param what the change, as the subject of a sentence
   * @param otherwise what else would do, after a comma; or empty text
   */
  static String demand(Swarm swarm, String what, ToSign change, String otherwise) {
    String given =
        text(swarm).isPresent()
            ? "What annotation %s holds is no signature over it by an administrator. "
                .formatted(SIGNATURE)
            : "";
    return "%s needs the signature of an administrator over the change %s. %sSign it with qudag-node admin sign (docs/how-to/sign-changes.md)%s"
        .formatted(what, change.digest(), given, otherwise);
  }

  private static Optional<String> text(Swarm swarm) {
    return Optional.ofNullable(swarm.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(SIGNATURE));
  }

  private static Optional<AdminSignature> parse(String text) {
    try {
      return Optional.of(AdminSignature.ofText(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
