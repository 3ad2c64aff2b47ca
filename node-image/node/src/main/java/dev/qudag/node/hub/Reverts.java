package dev.qudag.node.hub;

import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.hub.book.ProposalBook;
import dev.qudag.node.hub.book.Standing;
import dev.qudag.node.hub.landing.ChainLog;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.verify.CertificateFile;
import java.util.Optional;

/** Takes orders to undo what has landed. What was accepted is on disk. */
final class Reverts {
  private final HubRepository repository;
  private final ChainLog chain;
  private final ProposalBook proposals;

  Reverts(HubRepository repository, ChainLog chain, ProposalBook proposals) {
    this.repository = repository;
    this.chain = chain;
    this.proposals = proposals;
  }

  /** An order that no later signature makes good. */
  record Refused(String reason, String message) {}

  /**
   * Makes a proposal of the order, which may be handed in again.
   *
   * @return why it is refused for good; empty when it is taken
   * @throws RefusedException when it is not signed by the operator for the chain as it stands: the
   *     operator signs another one
   */
  Optional<Refused> take(RevertOrder.Signed signed) {
    RevertOrder order = signed.order();
    if (!order.branch().equals(repository.branch().full())) {
      return refused(
          "UnknownBranch",
          "the branch is " + repository.branch().full() + ", not " + order.branch());
    }
    requireOfNow(signed);
    if (!hasLanded(ObjectId.of(order.commit()))) {
      return refused(
          "NotLanded",
          "no decision brought "
              + order.commit()
              + " onto "
              + order.branch()
              + ": take status.mergedCommit of a MergeProposal that has landed");
    }
    return switch (proposals.accept(signed).standing()) {
      case Standing.Landed landed ->
          refused(
              "AlreadyUndone",
              order.commit()
                  + " was undone by "
                  + landed.was().commit()
                  + ": to undo it once more, undo what brought it back");
      case Standing.Open _, Standing.Deciding _, Standing.Stale _, Standing.Closed _ ->
          Optional.empty();
    };
  }

  private static Optional<Refused> refused(String reason, String message) {
    return Optional.of(new Refused(reason, message));
  }

  private void requireOfNow(RevertOrder.Signed signed) {
    ChainState state = chain.state();
    RevertOrder order = signed.order();
    if (!order.chainId().equals(state.chainId())
        || !signed.isSignedBy(state.genesis().operator().signingKey())) {
      throw new RefusedException(
          "BadOperatorSignature", "the order is not signed by the operator for this chain");
    }
    long reverts = state.reverts(order.branch());
    if (order.sequence() != reverts) {
      throw new RefusedException(
          "StaleOrder", order.branch() + " had " + reverts + " reverts, not " + order.sequence());
    }
  }

  /** Each landing leaves its certificate at the commit; so did those of a chain before this one. */
  private boolean hasLanded(ObjectId commit) {
    return repository.certificates().read(commit).filter(this::isOfThisChain).isPresent()
        && repository.git().isAncestor(commit, repository.head());
  }

  private boolean isOfThisChain(byte[] note) {
    try {
      Digest of = CertificateFile.read(note).certificate().block().chainId();
      return of.equals(chain.state().chainId());
    } catch (MalformedEncodingException e) {
      return false;
    }
  }
}
