package dev.qudag.operator.proposal.state;

import dev.qudag.operator.proposal.check.CheckKey;
import dev.qudag.operator.proposal.check.Tries;
import java.time.Instant;
import java.util.List;

/** Something to do in the world. */
public sealed interface Effect {
  /** Whether what is shown must be persisted before: the effect cannot be taken back. */
  default boolean isFinal() {
    return switch (this) {
      case None _, LookAgain _, Analyze _, StartChecks _, RestartCheck _, OrderRevert _ -> false;
      case Decide _, Close _, ProposeCandidate _ -> true;
    };
  }

  record None() implements Effect {}

  /** Time alone changes what is seen. */
  record LookAgain(Instant at) implements Effect {}

  /** Ask the hub what the merge onto a base would be. */
  record Analyze(String base) implements Effect {}

  record StartChecks(List<Start> checks) implements Effect {}

  /** In the place of another Job. */
  record RestartCheck(Start start, Why why) implements Effect {
    /** What became of the Job before. */
    public enum Why {
      /** The check failed, and may run again. */
      FAILED,
      /** It could not run. */
      BLOCKED,
      /** The reference to its image has come to stand for another. */
      OUTDATED
    }
  }

  /** A Job to be made. */
  record Start(CheckKey check, Tries tries) {}

  /** Hand the person's order in, signed for the branch as it stands. */
  record OrderRevert() implements Effect {}

  record Decide() implements Effect {}

  record Close(ProposalReason reason, String message) implements Effect {}

  record ProposeCandidate(String workspaceUid) implements Effect {}
}
