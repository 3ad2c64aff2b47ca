package dev.qudag.operator.proposal.state;

import dev.qudag.proto.HubState;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.WorkspaceState;
import java.util.Optional;

/** The hub knows no such proposal: a person applied it, for a candidate or in error. */
public record Unheld() implements ProposalState {

  @Override
  public Transition next(ProposalObservation seen) {
    var spec = seen.proposal().getSpec();
    if (seen.swarm().isEmpty()) {
      return stalled(
          seen,
          ProposalReason.UnknownSwarm,
          "there is no Swarm %s in this namespace: create it, or apply the proposal where it is"
              .formatted(spec.swarmRef().name()));
    }
    String branch = seen.swarm().get().getSpec().repository().branch();
    if (!spec.targetBranch().equals(branch)) {
      return stalled(
          seen,
          ProposalReason.UnknownBranch,
          "Swarm %s guards the branch %s, not %s: propose for %s"
              .formatted(spec.swarmRef().name(), branch, spec.targetBranch(), branch));
    }
    return seen.hub()
        .map(
            hub ->
                Reverting.of(seen)
                    .map(revert -> order(seen, revert))
                    .orElseGet(() -> lookUp(seen, hub)))
        .orElseGet(
            () ->
                Transition.show(
                    seen.progress(),
                    Summary.working(
                        ProposalReason.HubUnavailable,
                        "the hub of Swarm %s has not told its state yet"
                            .formatted(spec.swarmRef().name()))));
  }

  private static Transition order(ProposalObservation seen, Reverting revert) {
    if (!revert.name().equals(seen.name())) {
      return stalled(
          seen,
          ProposalReason.WrongName,
          "commit %s is undone by the name %s: delete this object and use that name"
              .formatted(revert.wanted().commit(), revert.name()));
    }
    if (!revert.isMadeByAPerson()) {
      return stalled(
          seen,
          ProposalReason.UnknownRevision,
          "the hub told of this order and holds it no more: to give it, delete this object and make it again");
    }
    return Transition.of(
        seen.progress(),
        Summary.working(ProposalReason.Analyzing, "the hub makes a proposal of the order"),
        new Effect.OrderRevert());
  }

  private static Transition lookUp(ProposalObservation seen, HubState hub) {
    var source = seen.proposal().getSpec().source();
    Optional<WorkspaceState> candidate =
        hub.getWorkspacesList().stream()
            .filter(w -> w.getName().equals(source.workspace()))
            .filter(w -> w.getCandidateCommit().equals(source.revision()))
            .findFirst();
    Optional<String> rightName =
        candidate
            .map(WorkspaceState::getCandidateProposal)
            .or(
                () ->
                    hub.getProposalsList().stream()
                        .filter(p -> p.getWorkspaceName().equals(source.workspace()))
                        .filter(p -> p.getCommit().equals(source.revision()))
                        .findFirst()
                        .map(Proposal::getName));
    if (rightName.isEmpty()) {
      return stalled(
          seen,
          ProposalReason.UnknownRevision,
          ("the hub holds no revision %s of workspace %s: push it from the workspace, or take the"
                  + " revision from status.candidate of the Workspace")
              .formatted(source.revision(), source.workspace()));
    }
    if (!rightName.get().equals(seen.name())) {
      return stalled(
          seen,
          ProposalReason.WrongName,
          "revision %s of workspace %s is proposed by the name %s: delete this object and use that name"
              .formatted(source.revision(), source.workspace(), rightName.get()));
    }
    return Transition.of(
        seen.progress(),
        Summary.working(ProposalReason.Analyzing, "the hub makes a proposal of the candidate"),
        new Effect.ProposeCandidate(candidate.map(WorkspaceState::getUid).orElse("")));
  }

  /** The hub's own refusal, in its words. */
  public static Transition refused(ProposalObservation seen, String reason, String message) {
    return Transition.show(seen.progress(), new Summary(Summary.Kind.STALLED, reason, message));
  }

  private static Transition stalled(
      ProposalObservation seen, ProposalReason reason, String message) {
    return Transition.show(seen.progress(), Summary.stalled(reason, message));
  }
}
