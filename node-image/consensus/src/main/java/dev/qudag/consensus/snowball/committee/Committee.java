package dev.qudag.consensus.snowball.committee;

import dev.qudag.consensus.snowball.stake.Seats;
import dev.qudag.consensus.snowball.stake.Stake;
import dev.qudag.crypto.Digest;

/**
 * Who votes in an epoch: the owners of 256 units of stake, or of all where there are fewer, drawn
 * by a seed that nobody knew when the stake was set. A member votes with the weight of its seats;
 * where each member holds one unit, each has at most one seat, and in a set of up to 256 everybody
 * has. The odds of a bad draw are {@link CaptureBound}'s.
 */
public final class Committee {
  /** The most seats that a committee has. */
  public static final int MOST_SEATS = 256;

  private Committee() {}

  /** The seats of a committee: the same on every node, and others with every seed. */
  public static Seats draw(Digest seed, Stake stake) {
    int seats = (int) Math.min(stake.total(), MOST_SEATS);
    return stake.draw(seats, new SeedStream(seed));
  }
}
