package dev.qudag.consensus.simplex.epoch;

import org.junit.jupiter.api.Test;

/** A set changes while messages get lost and members crash: one of them leaves, another joins. */
class ChangingSetTest {
  private static final int SEEDS = 200;

  @Test
  void theSecondSetGoesOnWhateverHappensAtTheSeal() {
    for (long seed = 0; seed < SEEDS; seed++) {
      try {
        new ChangingSwarm(seed).play();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + " fails", e);
      }
    }
  }
}
