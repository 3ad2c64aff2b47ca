package dev.qudag.node.hub;

import dev.qudag.consensus.certificate.DecisionCertificate;
import dev.qudag.consensus.certificate.Verification;
import dev.qudag.consensus.chain.Decision;
import dev.qudag.consensus.chain.MergeDecision;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The certificates for people to take home, {@code certificates/<certificate digest>.json}: the canonical bytes in base64,
 * beside what they prove in words. {@code qudag-node verify} believes the bytes alone.
 */
final class CertificateShelf {
  /**
   * @param what for people: the proposal and commit, or the policy
   * @param certificate canonical DecisionCertificate
   * @param decision canonical Decision
   */
  record Exported(
      int schema,
      Digest chainId,
      Digest decisionDigest,
      String what,
      long height,
      long view,
      List<String> signers,
      Bytes certificate,
      Bytes decision) {}

  private final Shelf<Exported> certificates;

  private CertificateShelf(Shelf<Exported> certificates) {
    this.certificates = certificates;
  }

  static CertificateShelf open(Path data) throws IOException {
    return new CertificateShelf(Shelf.open(data.resolve("certificates"), Exported.class));
  }

  synchronized void keep(Decision decision, DecisionCertificate certificate, Verification.Proven proven) {
    String name = certificate.digest().hex();
    if (certificates.find(name).isEmpty()) {
      certificates.put(
          name,
          new Exported(
              DecisionCertificate.SCHEMA,
              proven.chainId(),
              proven.decisionDigest(),
              what(decision),
              proven.height(),
              proven.view(),
              proven.signers(),
              Bytes.of(certificate.encode()),
              Bytes.of(decision.encode())));
    }
  }

  private static String what(Decision decision) {
    return switch (decision) {
      case MergeDecision merge ->
          merge.proposal() + " lands on " + merge.branch() + " as " + merge.commit();
      case dev.qudag.consensus.chain.PolicyDecision policy -> "policy " + policy.next().digest();
    };
  }

  /** The canonical certificate of a decision. */
  synchronized Optional<Bytes> ofDecision(Digest decision) {
    return certificates.all().stream()
        .filter(exported -> exported.decisionDigest().equals(decision))
        .map(Exported::certificate)
        .findFirst();
  }
}
