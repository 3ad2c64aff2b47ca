package dev.qudag.operator.proposal.queue;

import dev.qudag.operator.proposal.queue.Attempt.Built;

/** The one thing that a proposal needs next. */
public sealed interface Step {
  /** Merge it onto the base: the head, or what the proposal before it would make of the head. */
  record Build(String base) implements Step {}

  /** Start the checks that its tree lacks. */
  record RunChecks(Built built) implements Step {}

  /** Its checks run, or cannot run at the moment. */
  record AwaitChecks(Built built) implements Step {}

  /** Its tree on the head passed every check: hand it to the validators. */
  record Decide(Built built) implements Step {}

  /** The validators judge it. */
  record AwaitDecision() implements Step {}

  /** Its turn has not come. */
  record Wait(String waitingFor) implements Step {}

  /** It failed on the head itself: no other proposal is to blame. */
  record Eject(Attempt attempt) implements Step {}
}
