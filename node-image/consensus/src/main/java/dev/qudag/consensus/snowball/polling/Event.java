package dev.qudag.consensus.snowball.polling;

import dev.qudag.crypto.Digest;

/** What happens to a {@link Poller}. */
public sealed interface Event {
  /**
   * This member holds and has verified a choice: it may be preferred from now on. The first choice
   * of a conflict set opens it.
   */
  record Proposed(Digest conflictSet, Digest choice) implements Event {}

  /** A member answered a poll of this one. */
  record Answered(long poll, int member, Preferences preferences) implements Event {}

  /** A member will not answer a poll of this one: its time is over, or it cannot be reached. */
  record Unanswered(long poll, int member) implements Event {}

  /**
   * A decision in the conflict set is final, whatever was accepted here: the set is forgotten. The
   * caller proposes nothing in it any more.
   */
  record Closed(Digest conflictSet) implements Event {}
}
