package dev.qudag.node.hub.landing;

import dev.qudag.consensus.certificate.CertificateVerifier;
import dev.qudag.consensus.certificate.DecisionCertificate;
import dev.qudag.consensus.certificate.Verification;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.commit.DecidedCommits;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.verify.CertificateFile;
import java.util.Optional;

/**
 * A landed commit's note is its {@code certificate.json}: who has the branch has the proof. Commits
 * that landed together have the same, and the last of them has it first.
 */
record CommitNotes(HubRepository repository, ChainLog chain, LandingJournal journal) {
  /**
   * A certificate that an earlier run left: two quorums prove the same, and the first one stays.
   */
  Optional<DecisionCertificate> find(LandingDecision decision) {
    try {
      return repository
          .certificates()
          .read(ObjectId.of(decision.commit()))
          .map(note -> CertificateFile.read(note).certificate())
          .filter(noted -> verifier().verify(noted, decision) instanceof Verification.Proven);
    } catch (MalformedEncodingException e) {
      return Optional.empty();
    }
  }

  void write(LandingDecision decision, DecisionCertificate certificate) {
    byte[] note = note(decision, certificate);
    for (String commit : decision.commits().reversed()) {
      repository
          .certificates()
          .write(ObjectId.of(commit), note, DecidedCommits.meta(decision.meta()));
    }
  }

  private byte[] note(LandingDecision decision, DecisionCertificate certificate) {
    return switch (verifier().verify(certificate, decision)) {
      case Verification.Proven proven ->
          new CertificateFile(
                  certificate, decision, journal.sealsBefore(certificate.block().epoch()))
              .write(proven);
      case Verification.NotProven notProven ->
          throw new IllegalStateException(
              "a certificate that proves nothing: " + notProven.message());
    };
  }

  private CertificateVerifier verifier() {
    return CertificateVerifier.of(chain.state().chainId(), chain.state().electorate());
  }
}
