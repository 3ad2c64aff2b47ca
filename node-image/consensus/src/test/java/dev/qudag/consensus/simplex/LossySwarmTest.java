package dev.qudag.consensus.simplex;

import org.junit.jupiter.api.Test;

/** Swarms whose network never heals. */
class LossySwarmTest {
  @Test
  void swarmThatKeepsLosingMessagesDecides() {
    for (long seed = 0; seed < 4; seed++) {
      decides(seed, Faults.ofNetwork(0.3, 100));
    }
  }

  @Test
  void swarmThatIsSlowerThanTheFirstTimeOutDecides() {
    for (long seed = 0; seed < 4; seed++) {
      decides(seed, Faults.ofNetwork(0, 3_000));
    }
  }

  private static void decides(long seed, Faults faults) {
    Simulation simulation = new Simulation(seed, Cast.honest(4), faults);
    simulation.chaos(6, 5_000);
    simulation.runUntilAllFinal(60);
  }
}
