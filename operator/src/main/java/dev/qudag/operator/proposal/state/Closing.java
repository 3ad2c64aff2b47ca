package dev.qudag.operator.proposal.state;

import dev.qudag.api.v1alpha1.MergeProposalStatus.Result;
import dev.qudag.proto.Proposal;

/** It leaves the queue, which the status keeps; the hub is told until it says so itself. */
record Closing(Proposal said) implements ProposalState {

  @Override
  public Transition next(ProposalObservation seen) {
    Progress progress = seen.progress().heard(said);
    ProposalReason reason = reason(seen, progress);
    String because = progress.ejectedBecause();
    return Transition.of(
        progress,
        Summary.working(reason, because + "; " + seen.remedy(reason)),
        new Effect.Close(reason, because));
  }

  /** By what is known, not by what was shown: a hub that cannot be asked is shown over it. */
  private static ProposalReason reason(ProposalObservation seen, Progress progress) {
    if (seen.isCancelled()) {
      return ProposalReason.Withdrawn;
    }
    if (seen.rejection().isPresent()) {
      return ProposalReason.Rejected;
    }
    if (seen.lostDependency().isPresent()) {
      return ProposalReason.DependencyFailed;
    }
    if (progress.conflicts() != null) {
      return ProposalReason.ConflictUnresolved;
    }
    return progress.checks().stream().anyMatch(check -> check.result() == Result.Failed)
        ? ProposalReason.CheckFailed
        : ProposalReason.Rejected;
  }
}
