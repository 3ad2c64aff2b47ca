package dev.qudag.consensus.snowball;

import dev.qudag.crypto.Digest;

/**
 * A part of the tree: the choices whose bits before {@code depth} are those of the way down to it.
 *
 * <p>Confidence never grows on the way down, and is above zero on one way only: a branch gets some
 * of the votes that the one above it gets, and every poll that does not raise the one above resets
 * all below. So nothing below is accepted before what is above, and {@link #reset} may stop where
 * it finds zero.
 */
sealed interface Branch permits Leaf, Stem, Fork {
  /** The first bit that is not decided by the way down to here. */
  int depth();

  /** Confidence in the bits that this branch decides first. */
  int confidence();

  /** The choice that is preferred among those below. */
  Digest preference();

  boolean holds(Digest choice);

  /** The branch with one more choice, whose bits before {@code depth} lead here. */
  Branch with(Digest choice);

  /**
   * What is left after a poll: when the first instance of this branch is accepted, only what is
   * below the accepted colour.
   *
   * @param votes for choices that this branch holds
   */
  Branch polled(Votes votes, SnowballParameters rules);

  /** The branch after a poll in which its votes did not count. */
  Branch reset();

  /**
   * Whether no answers of {@code outstanding} more seats can change what the poll does to this
   * branch.
   */
  boolean isSettled(Votes votes, int outstanding, SnowballParameters rules);
}
