package dev.qudag.consensus.snowball.stake;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The stake of a set, in units: each unit belongs to one member, by index, and a member is drawn as
 * often as its units are.
 *
 * <p>Units are drawn without replacement, so a member holds at most as many seats of a sample as it
 * has units, and the seats of any group of members follow {@link Hypergeometric}.
 */
public final class Stake {
  private final long[] ends;
  private final long heaviest;

  private Stake(long[] ends, long heaviest) {
    this.ends = ends;
    this.heaviest = heaviest;
  }

  /**
   * Members by index.
   *
   * @param weights units of each member, at least 1
   * @throws IllegalArgumentException when there is no member, a weight is below 1, or the sum is
   *     more than a {@code long} holds
   */
  public static Stake of(List<Long> weights) {
    if (weights.isEmpty()) {
      throw new IllegalArgumentException("stake of 0 members, expected at least 1");
    }
    long[] ends = new long[weights.size()];
    long total = 0;
    long heaviest = 0;
    for (int member = 0; member < ends.length; member++) {
      long weight = weights.get(member);
      if (weight < 1 || weight > Long.MAX_VALUE - total) {
        throw new IllegalArgumentException(
            "member "
                + member
                + " weighs "
                + weight
                + ", expected at least 1 and no more than "
                + Long.MAX_VALUE
                + " in all");
      }
      total += weight;
      ends[member] = total;
      heaviest = Math.max(heaviest, weight);
    }
    return new Stake(ends, heaviest);
  }

  /** Members with one unit each. */
  public static Stake ofEqualWeight(int members) {
    return of(Collections.nCopies(members, 1L));
  }

  /** Number of members. */
  public int size() {
    return ends.length;
  }

  /** Units of all members. */
  public long total() {
    return ends[ends.length - 1];
  }

  /** Units of the member that has the most. */
  public long heaviest() {
    return heaviest;
  }

  /** Units of one member. */
  public long weight(int member) {
    return ends[member] - start(member);
  }

  /** Units of all members but one: what this one draws its samples from. */
  public long others(int member) {
    return total() - weight(member);
  }

  /** Draws so many units out of all. */
  public Seats draw(int seats, RandomGenerator random) {
    return Seats.count(DistinctUnits.draw(total(), seats, random), this::memberAt);
  }

  /** Draws so many units out of those that are not this member's. */
  public Seats drawOthers(int member, int seats, RandomGenerator random) {
    long start = start(member);
    long weight = weight(member);
    return Seats.count(
        DistinctUnits.draw(others(member), seats, random),
        unit -> memberAt(unit < start ? unit : unit + weight));
  }

  private long start(int member) {
    return member == 0 ? 0 : ends[member - 1];
  }

  private int memberAt(long unit) {
    int found = Arrays.binarySearch(ends, unit);
    return found < 0 ? -found - 1 : found + 1;
  }
}
