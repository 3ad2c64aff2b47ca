package dev.qudag.operator.proposal;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.operator.status.Conditions;
import dev.qudag.proto.Proposal;

/** It leaves the queue, which the status keeps; the hub is told until it says so itself. */
record Closing(Proposal said) implements ProposalState {

  @Override
  public Transition next(ProposalObservation seen) {
    Progress progress = seen.progress().heard(said);
    ProposalReason reason = reason(seen);
    String because = progress.ejectedBecause();
    return Transition.of(
        progress,
        Summary.working(reason, because + "; " + reason.remedy()),
        new Effect.Close(reason, because));
  }

  private static ProposalReason reason(ProposalObservation seen) {
    return Conditions.find(seen.proposal().getStatus().conditions(), Condition.READY)
        .map(Condition::reason)
        .flatMap(Ended::reason)
        .orElse(ProposalReason.Rejected);
  }
}
