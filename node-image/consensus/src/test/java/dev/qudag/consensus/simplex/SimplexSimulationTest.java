package dev.qudag.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole swarms under faults. A failure names its size and seed; {@code -Dqudag.simulation.seeds=N}
 * runs more of them.
 */
class SimplexSimulationTest {
  private static final int SEEDS = Integer.getInteger("qudag.simulation.seeds", 12);

  static Stream<Arguments> swarms() {
    return Stream.of(1, 4, 7)
        .flatMap(size -> LongStream.range(0, SEEDS).mapToObj(seed -> Arguments.of(size, seed)));
  }

  @ParameterizedTest(name = "n = {0}, seed {1}")
  @MethodSource("swarms")
  void decidesEverythingAfterFaultsHeal(int size, long seed) {
    Simulation simulation = run(size, seed);
    simulation.runUntilQuiet();
  }

  @ParameterizedTest(name = "n = {0}")
  @MethodSource("sizes")
  void sameSeedGivesSameHistory(int size) {
    assertThat(run(size, 42).trace()).isEqualTo(run(size, 42).trace());
  }

  static Stream<Integer> sizes() {
    return Stream.of(4, 7);
  }

  @Test
  void anotherSeedGivesAnotherHistory() {
    assertThat(run(4, 1).trace()).isNotEqualTo(run(4, 2).trace());
  }

  private static Simulation run(int size, long seed) {
    Simulation simulation = new Simulation(seed, size, Faults.severe(size));
    simulation.chaos(12, 20_000);
    simulation.heal();
    simulation.runUntilAllFinal(10 * size);
    return simulation;
  }
}
