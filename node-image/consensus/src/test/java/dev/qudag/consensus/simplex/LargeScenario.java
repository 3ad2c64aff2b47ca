package dev.qudag.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A large set, whose committee runs Simplex while all poll by Snowball: what a seed stands for. It
 * submits pairs that exclude each other, and numbers that exclude nothing.
 */
record LargeScenario(long seed, Crowd crowd) {
  private static final int FIRST_RIVAL = 1000;
  private static final int RIVALS = 6;
  private static final int OTHERS = 2;
  private static final int CHAOS_MILLIS = 5000;

  /**
   * Of a hundred seeds ninety have 150 members, nine 300, one 1,000. A committee of 31 is what a
   * build can afford; each last hundredth seed has the 256 that a swarm would draw.
   */
  static LargeScenario of(long seed) {
    Random random = new Random(seed);
    if (seed % 100 == 99) {
      return new LargeScenario(seed, Crowd.drawn(1000, 256, random));
    }
    return new LargeScenario(seed, Crowd.drawn(seed % 10 == 9 ? 300 : 150, 31, random));
  }

  /** As in {@link Scenario}. */
  long views() {
    return 20 + 2L * crowd.committee().size();
  }

  /**
   * Plays it to the end.
   *
   * @throws AssertionError that says how to see the failure again
   */
  Simulation play() {
    return play(Faults.SEVERE);
  }

  Simulation play(Faults faults) {
    try {
      Simulation simulation = new Simulation(seed, crowd, faults);
      simulation.chaos(numbers(), CHAOS_MILLIS);
      simulation.heal();
      simulation.runUntilAllFinal(views());
      simulation.runUntilQuiet();
      assertThat(simulation.polls().orElseThrow().areOver())
          .as("nobody polls when nothing waits")
          .isTrue();
      return simulation;
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(this + " fails; replay it: " + replay(), e);
    }
  }

  private static List<Integer> numbers() {
    return Stream.concat(
            IntStream.range(FIRST_RIVAL, FIRST_RIVAL + RIVALS).boxed(),
            IntStream.rangeClosed(1, OTHERS).boxed())
        .toList();
  }

  /** What came of it, in one line. */
  String report() {
    Simulation simulation = play();
    Polls polls = simulation.polls().orElseThrow();
    return ("%s: %d messages, all decided within %d views of healing;"
            + " of rivals landed %d that more preferred, %d that fewer did, trace %s")
        .formatted(
            this,
            simulation.deliveries(),
            simulation.viewsAfterHealing(),
            polls.preferred(),
            polls.overruled(),
            simulation.trace().shortHex());
  }

  String replay() {
    return "make simulate-large SEED=" + seed;
  }

  @Override
  public String toString() {
    return "seed %d, n = %d, committee of %d, %d faulty"
        .formatted(seed, crowd.size(), crowd.committee().size(), crowd.fates().size());
  }
}
