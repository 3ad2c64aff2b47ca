package dev.qudag.consensus.snowball.stake;

import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * A uniform choice among all sets of so many distinct numbers (Floyd's algorithm; Bentley and
 * Floyd, CACM 30(9), 1987).
 *
 * <p>Every node that draws from the same source must get the same numbers for ever, so nothing here
 * is left to what a library makes of a bound.
 */
final class DistinctUnits {
  private DistinctUnits() {}

  /** Draws {@code count} distinct numbers from 0 to {@code units - 1}. */
  static NavigableSet<Long> draw(long units, int count, RandomGenerator random) {
    if (count < 0 || count > units) {
      throw new IllegalArgumentException(count + " seats cannot be drawn from " + units + " units");
    }
    NavigableSet<Long> drawn = new TreeSet<>();
    for (long last = units - count; last < units; last++) {
      if (!drawn.add(below(last + 1, random))) {
        drawn.add(last);
      }
    }
    return drawn;
  }

  /**
   * A uniform number from 0 to {@code bound - 1}: 63 bits, drawn again when they fall behind the
   * last whole multiple of the bound.
   */
  private static long below(long bound, RandomGenerator random) {
    long fair = Long.MAX_VALUE - Long.MAX_VALUE % bound;
    long bits = random.nextLong() >>> 1;
    while (bits >= fair) {
      bits = random.nextLong() >>> 1;
    }
    return bits % bound;
  }
}
