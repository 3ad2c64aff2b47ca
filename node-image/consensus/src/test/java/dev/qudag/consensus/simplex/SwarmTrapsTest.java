package dev.qudag.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The traps that others fell into, each by its name, in a whole swarm. */
class SwarmTrapsTest {
  @Test
  void quorumThatRestartsWithEmptyFoldersAdvances() {
    Simulation simulation = new Simulation(1, Cast.honest(4), Faults.NONE);
    simulation.submit(1);
    simulation.runUntil(30);
    simulation.restartAll();
    simulation.runUntilAllFinal(4);
    simulation.runUntilQuiet();
  }

  @Test
  void membersLockedOnDifferentValuesStillDecide() {
    // One member notarizes alone what its leader showed to nobody else; the others must not wait
    // for it.
    Cast cast = Cast.honest(4).with(1, Fate.EQUIVOCATOR);
    for (long seed = 0; seed < 20; seed++) {
      Simulation simulation =
          new Simulation(seed, cast, new Faults(0.3, 0, 700, 0, true, 1, 10, 0));
      simulation.chaos(6, 8_000);
      simulation.heal();
      simulation.runUntilAllFinal(30);
    }
  }

  @Test
  void lastDecisionBecomesFinalThoughNothingFollows() {
    for (long seed = 0; seed < 20; seed++) {
      Simulation simulation = new Simulation(seed, Cast.honest(4), Faults.ofNetwork(0.4, 50));
      simulation.chaos(1, 100);
      simulation.heal();
      simulation.runUntilAllFinal(12);
      simulation.runUntilQuiet();
    }
  }

  @Test
  void slowMergeOfOneMemberNullifiesNoHonestLeader() {
    Simulation simulation = new Simulation(4, Cast.honest(4), Faults.NONE);
    simulation.submitLateTo(3, 1, 60_000);
    simulation.runUntilQuiet();
    assertThat(simulation.highestView()).as("one view for one decision").isEqualTo(2);
    assertThat(simulation.honest()).allMatch(member -> member.disk.isFinal(1));
  }

  @Test
  void idleSwarmIsSilent() {
    Simulation simulation = new Simulation(3, Cast.honest(4), Faults.NONE);
    simulation.runUntilQuiet();
    assertThat(simulation.highestView()).isEqualTo(1);
  }

  @Test
  void healthySwarmNeedsOneViewForADecisionAndNoEmptyBlock() {
    Simulation simulation = new Simulation(3, Cast.honest(4), Faults.NONE);
    simulation.submit(1);
    simulation.runUntilQuiet();
    assertThat(simulation.highestView()).isEqualTo(2);
    assertThat(simulation.member(0).disk.blocks()).hasSize(1);
  }
}
