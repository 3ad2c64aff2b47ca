package dev.qudag.node.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.node.fleet.KillPlan.Strike;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KillPlanTest {
  private static final Duration TIME = Duration.ofMinutes(15);
  private static final int NODES = 5;

  @Test
  void theSameSeedKillsTheSameNodesAtTheSameTimes() {
    assertThat(KillPlan.of(42, NODES, TIME)).isEqualTo(KillPlan.of(42, NODES, TIME));
    assertThat(KillPlan.of(42, NODES, TIME)).isNotEqualTo(KillPlan.of(43, NODES, TIME));
  }

  @Test
  void everyNodeDiesWithinTheTime() {
    List<Strike> strikes = KillPlan.of(1, NODES, TIME).strikes();

    assertThat(strikes).allSatisfy(strike -> assertThat(strike.atMillis()).isBetween(1L, 900_000L));
    assertThat(strikes)
        .extracting(Strike::node)
        .containsAll(IntStream.range(0, NODES).boxed().toList());
  }

  @Test
  void aNodeIsStartedAgainBeforeTheNextOneDies() {
    List<Strike> strikes = KillPlan.of(1, NODES, TIME).strikes();

    for (int i = 1; i < strikes.size(); i++) {
      Strike before = strikes.get(i - 1);
      assertThat(before.atMillis() + before.awayMillis()).isLessThan(strikes.get(i).atMillis());
    }
  }

  @Test
  void aShortSoakKillsToo() {
    assertThat(KillPlan.of(1, NODES, Duration.ofSeconds(60)).strikes()).hasSizeBetween(5, 12);
  }
}
