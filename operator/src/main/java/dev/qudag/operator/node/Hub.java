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
 * The hub of one swarm, as the operator may use it. Every call blocks for a few seconds at most and
 * throws {@link io.grpc.StatusRuntimeException} when the hub cannot be reached or refuses: the next
 * pass tries again.
 */
public interface Hub {
  /** The genesis of the swarm's chain. */
  Genesis genesis();

  /** What a merge of the proposal onto the base would be. */
  Analysis analyze(String proposal, String base);

  /** A token for one tree and one Job; voids the Job's old one. */
  String issueTreeToken(String tree, String job);

  /** Makes the decision out of an analysed proposal, and gives its digest. Idempotent. */
  Digest decide(DecideRequest request);

  /** Ends a proposal without landing. */
  CloseResponse close(CloseRequest request);

  /** Makes a proposal of a candidate that the hub holds. */
  ProposeCandidateResponse proposeCandidate(ProposeCandidateRequest request);

  /** Makes a proposal of a person's order to undo a landed commit. Idempotent. */
  OrderRevertResponse orderRevert(RevertOrder.Signed order);

  /** Hands in the operator's decision for another policy, and gives its digest. Idempotent. */
  Digest changePolicy(PolicyDecision decision);

  /** Hands in a decision for another set, and gives its digest. Idempotent. */
  Digest changeSet(SetDecision decision);

  /** Hands in what the hub offered of upstream, and gives its digest. Idempotent. */
  Digest adoptUpstream(AdoptDecision decision);

  /** What ended an epoch, as the hub says. */
  Seal seal(long epoch);

  /** The canonical certificate of a decision that landed. */
  byte[] certificate(Digest decision);
}
