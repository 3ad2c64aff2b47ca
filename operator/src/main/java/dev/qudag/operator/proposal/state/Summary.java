package dev.qudag.operator.proposal.state;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.operator.status.Fact;
import java.util.List;

/**
 * How a proposal stands, in one word and one sentence.
 *
 * @param reason of {@link ProposalReason}, or lifted from a pod
 */
public record Summary(Kind kind, String reason, String message) {
  public enum Kind {
    /** On its way. */
    WORKING,
    /** Goes on only when a person changes something. */
    STALLED,
    /** Merged or not: nothing more will happen, and nothing is wrong with the object. */
    ENDED
  }

  public static Summary working(ProposalReason reason, String message) {
    return new Summary(Kind.WORKING, reason.name(), message);
  }

  static Summary stalled(ProposalReason reason, String message) {
    return new Summary(Kind.STALLED, reason.name(), message);
  }

  static Summary ended(ProposalReason reason, String message) {
    return new Summary(Kind.ENDED, reason.name(), message);
  }

  public List<Fact> facts() {
    return switch (kind) {
      case WORKING ->
          List.of(Fact.no(Condition.READY, reason, message), Fact.reconciling(reason, message));
      case STALLED ->
          List.of(Fact.no(Condition.READY, reason, message), Fact.stalled(reason, message));
      case ENDED -> List.of(Fact.yes(Condition.READY, reason, message));
    };
  }
}
