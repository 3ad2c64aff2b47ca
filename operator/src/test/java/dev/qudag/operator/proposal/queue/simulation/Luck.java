package dev.qudag.operator.proposal.queue.simulation;

import java.util.SplittableRandom;

/** Chance that depends on a seed and a name alone, so that each policy meets the same. */
record Luck(long seed) {
  /** Whether what has this name happens, of so many cases in a hundred. */
  boolean strikes(int percent, String name) {
    return random(name).nextInt(100) < percent;
  }

  SplittableRandom random(String name) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + name.hashCode());
  }
}
