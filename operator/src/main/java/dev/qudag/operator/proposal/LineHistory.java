package dev.qudag.operator.proposal;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.MergeProposalStatus;
import dev.qudag.operator.proposal.queue.Window;
import dev.qudag.operator.proposal.state.ProposalReason;
import dev.qudag.operator.proposal.state.ProposalState;
import dev.qudag.operator.status.Conditions;
import dev.qudag.proto.HubState;
import dev.qudag.proto.Proposal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What has come of proposals for a branch: the hub's word of those that it still tells of, else
 * what their objects keep.
 */
final class LineHistory {
  private final Set<String> heads = new HashSet<>();
  private final Set<String> landed = new HashSet<>();
  private final Set<String> lost = new HashSet<>();
  private final List<End> ends = new ArrayList<>();

  private record End(Instant at, String name, Window.Outcome outcome) {}

  LineHistory(HubState hub, List<MergeProposal> objects) {
    Set<String> told = new HashSet<>();
    for (Proposal said : hub.getProposalsList()) {
      told.add(said.getName());
      hear(said);
    }
    objects.stream().filter(o -> !told.contains(o.getMetadata().getName())).forEach(this::recall);
    objects.forEach(this::time);
  }

  /** Commits that the branch was at. */
  Set<String> heads() {
    return heads;
  }

  /** Names of those that are on the branch. */
  Set<String> landed() {
    return landed;
  }

  /** Names of those that ended without landing. */
  Set<String> lost() {
    return lost;
  }

  /** What tells how far to speculate, in the order of time. */
  List<Window.Outcome> ends() {
    return ends.stream()
        .sorted(Comparator.comparing(End::at).thenComparing(End::name))
        .map(End::outcome)
        .toList();
  }

  private void hear(Proposal said) {
    switch (said.getState()) {
      case LANDED -> {
        landed.add(said.getName());
        heads.add(said.getMergedCommit());
        heads.add(said.getDecisionBase());
      }
      case CLOSED -> lost.add(said.getName());
      case OPEN, DECIDING, STALE, PROPOSAL_STATE_UNSPECIFIED, UNRECOGNIZED -> {}
    }
  }

  private void time(MergeProposal object) {
    Optional.ofNullable(object.getStatus())
        .flatMap(status -> Conditions.find(status.conditions(), Condition.READY))
        .filter(ready -> ready.status() == Condition.Status.True)
        .ifPresent(
            ready ->
                outcome(ready.reason())
                    .ifPresent(
                        outcome ->
                            ends.add(
                                new End(
                                    Instant.parse(ready.lastTransitionTime()),
                                    object.getMetadata().getName(),
                                    outcome))));
  }

  private static Optional<Window.Outcome> outcome(String reason) {
    if (reason.equals(ProposalReason.Merged.name())) {
      return Optional.of(Window.Outcome.LANDED);
    }
    return reason.equals(ProposalReason.CheckFailed.name())
        ? Optional.of(Window.Outcome.FAILED)
        : Optional.empty();
  }

  private void recall(MergeProposal object) {
    String name = object.getMetadata().getName();
    var merged = Optional.ofNullable(object.getStatus()).map(MergeProposalStatus::mergedCommit);
    if (merged.isPresent()) {
      landed.add(name);
    } else if (ProposalState.hasEnded(object.getStatus())) {
      lost.add(name);
    }
  }
}
