package dev.qudag.operator.proposal.queue.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SimulationTest {
  private static final int SLOTS = 16;

  @Test
  void theSameSeedIsTheSameLoad() {
    assertThat(new Load(50, 4, 7).changes()).isEqualTo(new Load(50, 4, 7).changes());
    assertThat(new Load(50, 4, 7).changes()).isNotEqualTo(new Load(50, 4, 8).changes());
  }

  /** Two in eight hours for each agent, within what chance may do. */
  @Test
  void theLoadIsWhatItSays() {
    var changes = new Load(2000, 8, 3).changes();

    assertThat(changes.size()).isBetween(3700, 4300);
    assertThat(percent(changes.stream().filter(Change::bad).count(), changes.size()))
        .isBetween(4.0, 6.0);
    assertThat(percent(changes.stream().filter(c -> c.rival().isPresent()).count(), changes.size()))
        .isBetween(25.0, 29.0);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void everyPolicyEndsAllAndKeepsTheBranchGreen(Policy policy) {
    Journal journal = run(policy, 5);

    assertThat(journal.open).isEmpty();
    assertThat(journal.redSince).isEqualTo(Journal.NEVER);
    assertThat(journal.landed).hasSizeGreaterThan(journal.firstAccepted.size() / 2);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void theSameSeedIsTheSameStory(Policy policy) {
    assertThat(run(policy, 6).landed).isEqualTo(run(policy, 6).landed);
  }

  static Stream<Policy> policies() {
    return Stream.of(
        new Ours(4), new Ours(1), Pipeline.serial(), Pipeline.zuul(), Pipeline.github());
  }

  private static Journal run(Policy policy, long seed) {
    return new Simulation(new Load(40, 2, seed), policy, SLOTS).run(Long.MAX_VALUE);
  }

  private static double percent(long some, int all) {
    return 100.0 * some / all;
  }
}
