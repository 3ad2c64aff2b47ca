package dev.qudag.operator.proposal.state;

import dev.qudag.proto.Proposal;

/** With the validators. Nothing here can stop it: it lands, is rejected, or becomes stale. */
record Deciding(Proposal said) implements ProposalState {

  @Override
  public Transition next(ProposalObservation seen) {
    Progress progress = seen.progress().heard(said).dequeued();
    boolean approved = said.getRequired() > 0 && said.getApprovals() >= said.getRequired();
    return Transition.show(
        progress,
        approved
            ? Summary.working(
                ProposalReason.Landing, "approved; the hub waits for the block that orders it")
            : Summary.working(
                ProposalReason.Voting,
                "%d of %d approvals for commit %s"
                    .formatted(said.getApprovals(), said.getRequired(), said.getDecisionCommit())));
  }
}
