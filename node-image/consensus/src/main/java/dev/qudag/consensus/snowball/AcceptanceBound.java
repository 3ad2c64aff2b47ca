package dev.qudag.consensus.snowball;

import dev.qudag.consensus.snowball.stake.Hypergeometric;

/**
 * What an acceptance is worth: a bound on the probability that a member accepts a choice while at
 * least half of the honest stake prefers others, and all declared faulty stake lies for it.
 *
 * <p>Each run of β polls shows αConfidence seats every time with P[sample ≥ α]^β at most; an
 * acceptance after so many polls had {@code polls − β + 1} runs to succeed by luck. The bound says
 * nothing about what the rest of the network does later, and proves nothing to a third party: that
 * is why an acceptance is not finality.
 */
public final class AcceptanceBound {
  private AcceptanceBound() {}

  /**
   * Base-2 logarithm of the bound, at most 0.
   *
   * @param others units that the member samples from: all but its own
   * @param polls polls that the member took until it accepted, at least beta
   */
  public static double log2(SnowballParameters rules, long others, int polls) {
    if (polls < rules.beta()) {
      throw new IllegalArgumentException(
          "accepted after " + polls + " polls, expected at least beta = " + rules.beta());
    }
    long faults = rules.declaredFaults();
    long against = (others - faults + 1) / 2;
    Hypergeometric sample = new Hypergeometric(others, others - against, rules.k());
    double logRun = rules.beta() * sample.logAtLeast(rules.alphaConfidence());
    return Math.min(0, (logRun + Math.log(polls - rules.beta() + 1)) / Math.log(2));
  }
}
