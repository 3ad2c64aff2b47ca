package dev.qudag.operator.agent.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossRulesTest {
  private static final Duration LONG_AGO = Duration.ofHours(1);

  private final TestingAgent agent = new TestingAgent();

  @ParameterizedTest
  @CsvSource({"1, 10", "2, 20", "3, 40", "5, 160", "6, 300", "19, 300"})
  void pausesLongerAfterEachLostRun(int lost, long seconds) {
    AgentPlan plan = agent.lost(lost, Duration.ofSeconds(1)).plan();
    assertThat(plan.steps()).isEmpty();
    assertThat(plan.comeBack()).isEqualTo(Duration.ofSeconds(seconds - 1));
  }

  @Test
  void startsOneMoreBeforeTheLast() {
    assertStarts(agent.lost(LossRules.MOST - 1, LONG_AGO).plan());
  }

  @Test
  void startsNoneWhenTooManyWereLost() {
    AgentPlan plan = agent.lost(LossRules.MOST, LONG_AGO).plan();
    assertStalled(plan);
    assertThat(plan.verdict().message()).contains("20 of its runs", "because lost", "new Agent");
  }

  @Test
  void startsNoneEitherWhenNoPodIsLeftOfThem() {
    assertStalled(agent.had(LossRules.MOST, "Active", false).plan());
  }

  @Test
  void countsNoCrash() {
    assertStarts(agent.ended(1, 1).lost(LossRules.MOST, LONG_AGO).plan());
  }

  @Test
  void countsAnewForEachRevision() {
    assertStarts(agent.givenFeedback(2, "mp-1").lost(LossRules.MOST, LONG_AGO).plan());
  }

  private static void assertStarts(AgentPlan plan) {
    assertThat(plan.steps()).hasExactlyElementsOfTypes(Step.Start.class, Step.Drop.class);
  }

  private static void assertStalled(AgentPlan plan) {
    assertThat(plan.steps()).isEmpty();
    assertThat(plan.verdict().reason()).isEqualTo("RunsLost");
    assertThat(plan.verdict().stalled()).isTrue();
  }
}
