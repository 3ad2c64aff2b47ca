package dev.qudag.operator.proposal.state;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.operator.status.Conditions;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.ProposalState;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** On the branch, or out of the way for good. */
public record Ended() implements dev.qudag.operator.proposal.state.ProposalState {
  /**
   * When what has landed is looked at again: for ever as it is, and there is more of it each day.
   * What ended otherwise may have been decided before, and land all the same.
   */
  static final Duration LANDED_PACE = Duration.ofHours(1);

  @Override
  public Transition next(ProposalObservation seen) {
    return seen.announced()
        .map(said -> show(seen, seen.progress().heard(said).dequeued(), summary(seen, said)))
        .orElseGet(() -> show(seen, seen.progress(), remembered(seen)));
  }

  private static Transition show(ProposalObservation seen, Progress progress, Summary summary) {
    return progress.mergedCommit() == null
        ? Transition.show(progress, summary)
        : Transition.of(progress, summary, new Effect.LookAgain(seen.now().plus(LANDED_PACE)));
  }

  private static Summary summary(ProposalObservation seen, Proposal said) {
    if (said.getState() == ProposalState.LANDED) {
      return Summary.ended(
          ProposalReason.Merged,
          "commit %s is on the branch, by block %d"
              .formatted(said.getMergedCommit(), said.getLandedHeight()));
    }
    ProposalReason reason = reason(said.getReason()).orElse(ProposalReason.Rejected);
    return Summary.ended(reason, said.getMessage() + "; " + seen.remedy(reason));
  }

  private static Summary remembered(ProposalObservation seen) {
    var ready = Conditions.find(seen.proposal().getStatus().conditions(), Condition.READY);
    return ready.map(c -> new Summary(Summary.Kind.ENDED, c.reason(), c.message())).orElseThrow();
  }

  static Optional<ProposalReason> reason(String name) {
    return Arrays.stream(ProposalReason.values()).filter(r -> r.name().equals(name)).findFirst();
  }
}
