package dev.qudag.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.crypto.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Large sets under faults and liars, both cores at once. {@code make simulate-large
 * LARGE_SEEDS=100} plays more seeds, {@code make simulate-large SEED=42} one.
 */
class LargeSetSimulationTest {
  private static final int SEEDS = Integer.getInteger("qudag.simulation.large-sets", 3);
  private static final Optional<Long> SEED =
      Optional.ofNullable(Long.getLong("qudag.simulation.large-set"));

  private static final int SIZE = 150;
  private static final List<Integer> COMMITTEE = Crowd.drawn(SIZE, 31, new Random(7)).committee();

  @Test
  void everySeedKeepsTheInvariantsAndDecidesSoonAfterHealing() {
    LongStream seeds = SEED.map(LongStream::of).orElseGet(() -> LongStream.range(0, SEEDS));
    List<String> reports =
        seeds.parallel().mapToObj(LargeScenario::of).map(LargeScenario::report).toList();
    reports.forEach(System.out::println);
    assertThat(reports).isNotEmpty();
  }

  @Test
  void sameSeedGivesSameHistory() {
    Digest trace = LargeScenario.of(42).play().trace();
    assertThat(LargeScenario.of(42).play().trace()).isEqualTo(trace);
    assertThat(LargeScenario.of(41).play().trace()).isNotEqualTo(trace);
  }

  @Test
  void aTenthIsFaultyAndOfTheCommitteeLessThanAThird() {
    for (long seed = 0; seed < 20; seed++) {
      Crowd crowd = LargeScenario.of(seed).crowd();
      assertThat(crowd.fates()).hasSizeBetween(crowd.size() / 10 - 1, crowd.size() / 10);
      assertThat(3 * crowd.cast().fates().size()).isLessThan(crowd.committee().size());
    }
  }

  /** Nobody outside of the committee answers: no poll ever succeeds, and nothing waits for one. */
  @Test
  void decidesAsSoonWhenEveryPollFails() {
    Crowd crowd = new Crowd(SIZE, COMMITTEE, silentOutsiders());
    Simulation simulation = new LargeScenario(7, crowd).play(Faults.NONE);
    assertThat(simulation.viewsAfterHealing()).isLessThan(6);
  }

  /**
   * The committee hears of 1001 first, all others of its rival. The first two leaders are silent,
   * so that the third had time to poll: it proposes what most prefer, unless nobody tells.
   */
  @Test
  void aLeaderProposesWhatMostOfTheSetPrefers() {
    assertThat(landed(Map.of())).containsExactly(1000);
    assertThat(landed(silentOutsiders())).as("when nobody answers").containsExactly(1001);
  }

  private static List<Integer> landed(Map<Integer, Fate> fates) {
    Map<Integer, Fate> all = new TreeMap<>(fates);
    COMMITTEE.subList(1, 3).forEach(leader -> all.put(leader, Fate.SILENT));
    Simulation simulation = new Simulation(5, new Crowd(SIZE, COMMITTEE, all), Faults.NONE);
    Polls polls = simulation.polls().orElseThrow();
    for (int place = 0; place < SIZE; place++) {
      int first = COMMITTEE.contains(place) ? 1001 : 1000;
      polls.submitTo(place, first, 1);
      polls.submitTo(place, first ^ 1, 60);
    }
    simulation.runUntil(5000);
    return simulation.honest().getFirst().disk.blocks().stream()
        .flatMap(block -> TestingPayloads.numbers(block.block().payload()).stream())
        .toList();
  }

  private static Map<Integer, Fate> silentOutsiders() {
    return IntStream.range(0, SIZE)
        .filter(place -> !COMMITTEE.contains(place))
        .boxed()
        .collect(Collectors.toMap(place -> place, place -> Fate.SILENT));
  }
}
