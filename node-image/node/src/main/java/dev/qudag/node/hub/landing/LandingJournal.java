package dev.qudag.node.hub.landing;

import dev.qudag.consensus.certificate.CertificateVerifier;
import dev.qudag.consensus.certificate.DecisionCertificate;
import dev.qudag.consensus.certificate.Seal;
import dev.qudag.consensus.certificate.Verification;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.decision.BatchDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.crypto.Digest;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.hub.book.CertificateShelf;
import dev.qudag.node.hub.book.DecisionBook;
import dev.qudag.node.hub.book.HubProposal;
import dev.qudag.node.hub.book.ProposalBook;
import dev.qudag.node.hub.book.Standing;
import java.time.InstantSource;
import java.util.List;

/** What is written down when something has landed. Every entry may be made twice. */
public final class LandingJournal {
  private final ChainLog chain;
  private final ProposalBook proposals;
  private final DecisionBook decisions;
  private final CertificateShelf certificates;
  private final InstantSource clock;

  public LandingJournal(
      ChainLog chain,
      ProposalBook proposals,
      DecisionBook decisions,
      CertificateShelf certificates,
      InstantSource clock) {
    this.chain = chain;
    this.proposals = proposals;
    this.decisions = decisions;
    this.certificates = certificates;
    this.clock = clock;
  }

  void landed(LandingDecision decision, int approvals, DecisionCertificate certificate) {
    keep(decision, certificate);
    requireProposals(decision);
    String base = decision.base();
    for (int i = 0; i < decision.proposals().size(); i++) {
      String commit = decision.commits().get(i);
      var landed =
          new Standing.Deciding(
              decision.digest(), ObjectId.of(commit), ObjectId.of(base), clock.millis());
      proposals.land(
          decision.proposals().get(i),
          landed,
          certificate.digest(),
          certificate.block().height(),
          approvals);
      base = commit;
    }
  }

  /** They are known, unless this hub has another volume since. */
  private void requireProposals(LandingDecision decision) {
    switch (decision) {
      case MergeDecision merge -> requireProposal(merge);
      case RevertDecision revert -> requireProposal(revert);
      case BatchDecision batch -> batch.members().forEach(this::requireProposal);
    }
  }

  private void requireProposal(MergeDecision merge) {
    if (proposals.find(merge.proposal()).isEmpty()) {
      var unused =
          proposals.accept(
              new HubProposal.Submission(
                  merge.author().statement(), merge.author().signature(), merge.grant()));
    }
  }

  private void requireProposal(RevertDecision revert) {
    if (proposals.find(revert.proposal()).isEmpty()) {
      var unused = proposals.accept(revert.order());
    }
  }

  /** The decisions on another head, by another policy or engine can no longer land. */
  public void headMoved(ChainState state) {
    proposals.markStale(deciding -> canLand(deciding.decision(), state));
  }

  private boolean canLand(Digest digest, ChainState state) {
    return decisions
        .find(digest)
        .filter(decision -> decision instanceof LandingDecision landing && fits(landing, state))
        .isPresent();
  }

  private static boolean fits(LandingDecision landing, ChainState state) {
    return state.head(landing.branch()).filter(landing.base()::equals).isPresent()
        && landing.voids() == state.voids(landing.branch())
        && landing.policyDigest().equals(state.policyDigest())
        && state.engine().map(landing.engineDigest()::equals).orElse(true);
  }

  /** What leads from genesis to an epoch. */
  List<Seal> sealsBefore(long epoch) {
    return certificates.sealsBefore(epoch);
  }

  /** Keeps a decision that is final, with its proof. */
  void keep(Decision decision, DecisionCertificate certificate) {
    decisions.keep(decision);
    switch (CertificateVerifier.of(chain.state().chainId(), chain.state().electorate())
        .verify(certificate, decision)) {
      case Verification.Proven proven -> certificates.keep(decision, certificate, proven);
      case Verification.NotProven notProven ->
          throw new IllegalStateException(
              "a certificate that proves nothing: " + notProven.message());
    }
  }
}
