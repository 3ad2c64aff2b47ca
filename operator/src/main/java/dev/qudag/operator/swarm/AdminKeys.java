package dev.qudag.operator.swarm;

import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.SwarmSpec;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.crypto.VerifyingKey;
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

  /** Whether somebody has put an annotation there, good or not. */
  static Optional<String> text(Swarm swarm) {
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
