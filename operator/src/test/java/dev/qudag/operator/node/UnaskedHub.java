package dev.qudag.operator.node;

import dev.qudag.consensus.certificate.Seal;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.crypto.Digest;
import dev.qudag.proto.Analysis;
import dev.qudag.proto.CloseRequest;
import dev.qudag.proto.CloseResponse;
import dev.qudag.proto.DecideRequest;
import dev.qudag.proto.OrderRevertResponse;
import dev.qudag.proto.ProposeCandidateRequest;
import dev.qudag.proto.ProposeCandidateResponse;

/**
 * A hub of which a test expects no call. Each test's own hub is one that answers those it plays: a
 * call that nobody thought of fails the test by its name.
 */
public interface UnaskedHub extends Hub {
  @Override
  default Genesis genesis() {
    throw unexpected("genesis");
  }

  @Override
  default Analysis analyze(String proposal, String base) {
    throw unexpected("analyze");
  }

  @Override
  default String issueTreeToken(String tree, String job) {
    throw unexpected("issueTreeToken");
  }

  @Override
  default Digest decide(DecideRequest request) {
    throw unexpected("decide");
  }

  @Override
  default CloseResponse close(CloseRequest request) {
    throw unexpected("close");
  }

  @Override
  default ProposeCandidateResponse proposeCandidate(ProposeCandidateRequest request) {
    throw unexpected("proposeCandidate");
  }

  @Override
  default OrderRevertResponse orderRevert(RevertOrder.Signed order) {
    throw unexpected("orderRevert");
  }

  @Override
  default Digest changePolicy(PolicyDecision decision) {
    throw unexpected("changePolicy");
  }

  @Override
  default Digest changeSet(SetDecision decision) {
    throw unexpected("changeSet");
  }

  @Override
  default Digest adoptUpstream(AdoptDecision decision) {
    throw unexpected("adoptUpstream");
  }

  @Override
  default Seal seal(long epoch) {
    throw unexpected("seal");
  }

  @Override
  default byte[] certificate(Digest decision) {
    throw unexpected("certificate");
  }

  private static UnsupportedOperationException unexpected(String call) {
    return new UnsupportedOperationException("no test expects " + call + " of this hub");
  }
}
