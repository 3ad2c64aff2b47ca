package dev.qudag.operator.proposal.state;

import dev.qudag.operator.proposal.check.CheckKey;
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

  record StartChecks(List<CheckKey> checks) implements Effect {}

  /** In place of a Job that could not run. */
  record RestartCheck(CheckKey check, int attempt) implements Effect {}

  /** Hand the person's order in, signed for the branch as it stands. */
  record OrderRevert() implements Effect {}

  record Decide() implements Effect {}

  record Close(ProposalReason reason, String message) implements Effect {}

  record ProposeCandidate(String workspaceUid) implements Effect {}
}
