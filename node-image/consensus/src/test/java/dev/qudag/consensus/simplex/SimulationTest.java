package dev.qudag.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be believed of the simulation itself. */
class SimulationTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {42, 47, 49})
  void sameSeedGivesSameHistory(long seed) {
    assertThat(Scenario.of(seed).play().trace()).isEqualTo(Scenario.of(seed).play().trace());
  }

  @Test
  void anotherSeedGivesAnotherHistory() {
    assertThat(Scenario.of(41).play().trace()).isNotEqualTo(Scenario.of(42).play().trace());
  }

  @Test
  void sameSeedsGiveTheSameReport() {
    assertThat(Campaign.play(LongStream.range(1, 6)).report())
        .isEqualTo(Campaign.play(LongStream.range(1, 6)).report());
  }

  @ParameterizedTest
  @EnumSource
  void oneMemberOfFourMayComeToAnyFate(Fate fate) {
    for (long seed = 0; seed < 3; seed++) {
      new Scenario(seed, Cast.honest(4).with(2, fate)).play();
    }
  }

  @Test
  void firstSeedsHaveEverySizeAndEveryFate() {
    Set<Integer> sizes = new TreeSet<>();
    Set<Fate> fates =
        LongStream.range(0, 60)
            .mapToObj(seed -> Scenario.of(seed).cast())
            .peek(cast -> sizes.add(cast.size()))
            .flatMap(cast -> cast.fates().values().stream())
            .collect(Collectors.toSet());
    assertThat(sizes).containsExactly(1, 4, 7, 13);
    assertThat(fates).containsExactlyInAnyOrder(Fate.values());
    assertThat(Scenario.of(99).cast().size()).isEqualTo(31);
  }

  /** Two silent members of four are more than a swarm can bear: it must not pass for healthy. */
  @Test
  void aSeedThatFailsSaysHowToReplayIt() {
    Cast dead = Cast.honest(4).with(0, Fate.SILENT).with(3, Fate.SILENT);
    assertThatThrownBy(() -> new Scenario(42, dead).play())
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "seed 42, n = 4, faulty {0=SILENT, 3=SILENT} fails; replay it: make simulate SEED=42")
        .hasStackTraceContaining("all is decided within 28 views");
  }

  /** Two equivocators of four are too many, too: they break agreement, and it is seen. */
  @Test
  void moreLiarsThanToleratedAreSeenToBreakAgreement() {
    Cast cast = Cast.honest(4).with(0, Fate.EQUIVOCATOR).with(1, Fate.EQUIVOCATOR);
    assertThat(LongStream.range(0, 20).mapToObj(seed -> failure(new Scenario(seed, cast))))
        .anyMatch(failure -> failure.contains("no view is both nullified and final"));
  }

  private static String failure(Scenario scenario) {
    try {
      scenario.play();
      return "";
    } catch (AssertionError e) {
      return String.valueOf(e.getCause());
    }
  }
}
