package dev.qudag.operator.proposal.state;

import dev.qudag.api.v1alpha1.MergeProposalSpec;
import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.consensus.chain.proposal.ProposalName;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.crypto.Digest;
import dev.qudag.operator.children.Children;
import dev.qudag.proto.HubState;
import dev.qudag.proto.Proposal;
import java.time.Instant;
import java.util.Optional;

/**
 * What a proposal that undoes a landed commit has of its own. Its object is a person's order: the
 * operator signs it for the branch as it stands, and again when another revert has landed since. A
 * person who deletes the object of one that ended without landing, and makes it again, asks anew.
 *
 * <p><b>Nothing of what is signed is the hub's word</b> but how many reverts the branch had: or
 * whoever has the hub's key could have anything undone, in anybody's name.
 *
 * @param wanted what spec says
 */
public record Reverting(ProposalObservation seen, MergeProposalSpec.Revert wanted) {
  private static final String HEADS = "refs/heads/";

  /** Empty of a commit of a workspace. */
  public static Optional<Reverting> of(ProposalObservation seen) {
    return Optional.ofNullable(seen.proposal().getSpec().source().revert())
        .map(wanted -> new Reverting(seen, wanted));
  }

  /** The name that the object must have. */
  String name() {
    return ProposalName.ofRevert(wanted.commit(), branch());
  }

  private String branch() {
    return HEADS + seen.proposal().getSpec().targetBranch();
  }

  /** Whether another revert has landed since the order was signed: the hub takes it no more. */
  boolean isOvertaken(Proposal said) {
    return said.hasRevert()
        && seen.hub().filter(hub -> said.getRevert().getSequence() != hub.getReverts()).isPresent();
  }

  /**
   * Whether a person made the object after the order was given that has ended. What the operator
   * made for an order that the hub told of asks nothing.
   */
  boolean isAskedAnew(Proposal said) {
    return isMadeByAPerson()
        && said.hasRevert()
        && !ProposalState.hasEnded(seen.proposal().getStatus())
        && said.getRevert().getOrderedAtMs() < madeAt().toEpochMilli();
  }

  /**
   * Whether the object asks for what the hub holds. What the operator made for an order that the
   * hub told of is nobody's demand, and an order that is later than the object is not the object's.
   */
  boolean isStillWanted(Proposal said) {
    return isMadeByAPerson() && said.getRevert().getOrderedAtMs() <= madeAt().toEpochMilli();
  }

  /** Only then it is an order: the operator makes objects of whatever the hub tells. */
  boolean isMadeByAPerson() {
    return !Children.label(seen.proposal(), Children.MANAGED_BY).equals(Children.OPERATOR);
  }

  private Instant madeAt() {
    return Instant.parse(seen.proposal().getMetadata().getCreationTimestamp());
  }

  /** What the operator signs: what the object says, for the branch as it stands now. */
  public RevertOrder order(Digest chainId) {
    return new RevertOrder(
        chainId,
        wanted.commit(),
        branch(),
        seen.hub().map(HubState::getReverts).orElse(0L),
        wanted.person(),
        OneLine.of(
            Optional.ofNullable(seen.proposal().getSpec().title()).orElse(""), Fields.MAX_TITLE),
        madeAt().toEpochMilli());
  }
}
