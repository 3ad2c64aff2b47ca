package dev.qudag.consensus.simplex;

import java.util.Random;

/**
 * All that a seed stands for: the size of the swarm, who is faulty in which way, and every fault
 * until it heals.
 */
record Scenario(long seed, Cast cast) {
  private static final int NUMBERS = 12;
  private static final int CHAOS_MILLIS = 20_000;

  /** Of a hundred seeds ten have 1 member, fifty 4, thirty 7, nine 13, and the last has 31. */
  static Scenario of(long seed) {
    int size =
        switch ((int) (seed % 10)) {
          case 0 -> 1;
          case 1, 2, 3, 4, 5 -> 4;
          case 6, 7, 8 -> 7;
          default -> seed % 100 == 99 ? 31 : 13;
        };
    return new Scenario(seed, Cast.drawn(size, new Random(seed)));
  }

  /**
   * Within how many views after healing all that was submitted must be final: every leader has had
   * its turn twice, and there was room for all the blocks.
   */
  long views() {
    return 20 + 2L * cast.size();
  }

  /**
   * Plays it to the end.
   *
   * @throws AssertionError that says how to see the failure again
   */
  Simulation play() {
    try {
      Simulation simulation = new Simulation(seed, cast, Faults.SEVERE);
      simulation.chaos(NUMBERS, CHAOS_MILLIS);
      simulation.heal();
      simulation.runUntilAllFinal(views());
      simulation.runUntilQuiet();
      return simulation;
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(this + " fails; replay it: " + replay(), e);
    }
  }

  String replay() {
    return "make simulate SEED=" + seed;
  }

  @Override
  public String toString() {
    return "seed " + seed + ", n = " + cast.size() + ", faulty " + cast.fates();
  }
}
