package dev.qudag.consensus.snowball.stake;

import java.util.stream.IntStream;

/**
 * How many marked units a sample without replacement holds.
 *
 * <p>Each tail is the sum of its own terms, in logarithms: neither is ever one minus the other, so
 * a tail of 10⁻³⁰ is as exact as one of a half.
 *
 * @param population units in all
 * @param marked units that count
 * @param drawn size of the sample
 */
public record Hypergeometric(long population, long marked, int drawn) {
  public Hypergeometric {
    if (marked < 0 || marked > population || drawn < 0 || drawn > population) {
      throw new IllegalArgumentException(
          "a sample of "
              + drawn
              + " with "
              + marked
              + " marked out of "
              + population
              + ": expected no more than there are");
    }
  }

  /** Probability that the sample holds {@code count} marked units or more. */
  public double atLeast(int count) {
    return Math.exp(logAtLeast(count));
  }

  /** Probability that the sample holds fewer than {@code count} marked units. */
  public double below(int count) {
    return Math.exp(logSum(least(), Math.min(count - 1, most())));
  }

  /** Natural logarithm of {@link #atLeast}; minus infinity when it cannot be. */
  public double logAtLeast(int count) {
    return logSum(Math.max(count, least()), most());
  }

  private int least() {
    return (int) Math.max(0, drawn - (population - marked));
  }

  private int most() {
    return (int) Math.min(drawn, marked);
  }

  private double logSum(int from, int to) {
    double[] logs = IntStream.rangeClosed(from, to).mapToDouble(this::logOf).toArray();
    double largest = Double.NEGATIVE_INFINITY;
    for (double log : logs) {
      largest = Math.max(largest, log);
    }
    if (largest == Double.NEGATIVE_INFINITY) {
      return largest;
    }
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - largest);
    }
    return Math.min(0, largest + Math.log(sum));
  }

  private double logOf(int count) {
    return logChoose(marked, count)
        + logChoose(population - marked, drawn - count)
        - logChoose(population, drawn);
  }

  private static double logChoose(long of, long chosen) {
    long factors = Math.min(chosen, of - chosen);
    double log = 0;
    for (long factor = 1; factor <= factors; factor++) {
      log += Math.log((double) (of - factors + factor) / factor);
    }
    return log;
  }
}
