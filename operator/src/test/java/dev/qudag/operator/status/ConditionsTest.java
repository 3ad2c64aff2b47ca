package dev.qudag.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.Condition;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Conditions AT_NOON = new Conditions(Clock.fixed(NOON, ZoneOffset.UTC));
  private static final Conditions LATER =
      new Conditions(Clock.fixed(NOON.plusSeconds(60), ZoneOffset.UTC));

  @Test
  void keepsTheTimeOfTransitionWhileTheStatusStays() {
    var before =
        AT_NOON.merge(List.of(), 1, List.of(Fact.no("Ready", "Starting", "Waiting for pod a")));
    var after = LATER.merge(before, 2, List.of(Fact.no("Ready", "Joining", "Waiting for pod b")));
    assertThat(after)
        .containsExactly(
            new Condition(
                "Ready",
                Condition.Status.False,
                "Joining",
                "Waiting for pod b",
                "2026-01-01T12:00:00Z",
                2L));
  }

  @Test
  void movesTheTimeOfTransitionWithTheStatus() {
    var before = AT_NOON.merge(List.of(), 1, List.of(Fact.no("Ready", "Starting", "")));
    var after = LATER.merge(before, 1, List.of(Fact.yes("Ready", "Running", "")));
    assertThat(after.getFirst().lastTransitionTime()).isEqualTo("2026-01-01T12:01:00Z");
  }

  @Test
  void dropsWhatIsNoLongerTrue() {
    var before = AT_NOON.merge(List.of(), 1, List.of(Fact.stalled("SeedMissing", "")));
    assertThat(LATER.merge(before, 1, List.of(Fact.yes("Ready", "Running", ""))))
        .extracting(Condition::type)
        .containsExactly("Ready");
  }

  @Test
  void boundsMessagesAsTheSchemaDoes() {
    var merged =
        AT_NOON.merge(List.of(), 1, List.of(Fact.no("Ready", "Starting", "x".repeat(5000))));
    assertThat(merged.getFirst().message()).hasSize(2048).endsWith("…");
  }

  @Test
  void showsNothingThatSteersATerminal() {
    String hostile = "TooLarge:\u001b[2J by\u202e far\n\u00e9 \ud83d\ude00";
    var merged = AT_NOON.merge(List.of(), 1, List.of(Fact.no("Ready", "PolicyRejected", hostile)));
    assertThat(merged.getFirst().message()).isEqualTo("TooLarge: [2J by  far\n\u00e9 \ud83d\ude00");
  }
}
