package dev.qudag.operator.agent.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FarewellTest {
  private final TestingAgent agent = new TestingAgent();

  @Test
  void endsTheRunningPodFirst() {
    Farewell farewell = of(Duration.ZERO, agent.active(1));
    assertThat(farewell.steps()).singleElement().isInstanceOf(Step.Stop.class);
    assertThat(farewell.done()).isFalse();
  }

  @Test
  void waitsUntilTheHubHasWhatThePodLeft() {
    assertThat(of(Duration.ZERO, agent.held(1, Duration.ofSeconds(1))).done()).isFalse();
  }

  @Test
  void isDoneWhenNothingIsHeld() {
    assertThat(of(Duration.ZERO, agent.ended(1, 0)).done()).isTrue();
  }

  @Test
  void waitsForNobodyWhenTheSwarmIsGone() {
    Farewell farewell = of(Duration.ZERO, agent.active(1).withoutSwarm());
    assertThat(farewell.steps()).hasExactlyElementsOfTypes(Step.Release.class, Step.Drop.class);
    assertThat(farewell.done()).isTrue();
  }

  @Test
  void waitsNoLongerThanItsLimit() {
    assertThat(of(Farewell.LIMIT.plusSeconds(1), agent.active(1)).done()).isTrue();
  }

  /** The trap: it was cut off in the middle, and what the agent had done last was lost. */
  @Test
  void leavesAHandoverPodAllItsTime() {
    Duration sinceStop =
        HandoverTimes.PATIENCE_WITHOUT_HUB
            .plus(HandoverTimes.HANDOVER_START)
            .plus(HandoverTimes.HANDOVER_POD);
    Farewell farewell = of(HandoverTimes.GRACE.plus(sinceStop), agent.held(1, sinceStop));
    assertThat(farewell.steps()).doesNotHaveAnyElementsOfTypes(Step.Release.class, Step.Drop.class);
    assertThat(farewell.done()).isFalse();
  }

  private static Farewell of(Duration sinceDeletion, TestingAgent agent) {
    return Farewell.of(agent.observation(), TestingAgent.NOW.minus(sinceDeletion));
  }
}
