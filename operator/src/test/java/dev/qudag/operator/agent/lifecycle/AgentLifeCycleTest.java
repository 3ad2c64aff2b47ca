package dev.qudag.operator.agent.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.Condition.Status;
import dev.qudag.operator.agent.lifecycle.Proposed.Outcome;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentLifeCycleTest {
  private final TestingAgent agent = new TestingAgent();

  @Nested
  class BeforeTheFirstPod {
    @Test
    void startsTheFirstAttempt() {
      AgentPlan plan = agent.plan();
      assertThat(plan.steps()).containsExactly(new Step.Start(1, Optional.empty()));
      assertReason(plan, "Spawning");
    }

    @Test
    void waitsForTheHub() {
      AgentPlan plan = agent.withoutHub().plan();
      assertThat(plan.steps()).isEmpty();
      assertReason(plan, "Pending");
    }

    @Test
    void startsNothingInAWorkspaceThatCannotBeUsedAndSaysWhy() {
      AgentPlan plan = agent.withStalledWorkspace("VolumeTaken").plan();
      assertReason(plan, "VolumeTaken");
      assertThat(plan.steps()).isEmpty();
      assertThat(plan.verdict().message()).contains("Workspace writer", "delete the volume");
      assertThat(plan.verdict().stalled()).isFalse();
    }

    @Test
    void waitsForItsWorkspace() {
      assertReason(agent.withoutWorkspace().plan(), "Pending");
    }

    @Test
    void waitsUntilAnotherAgentHasLeftTheWorkspace() {
      AgentPlan plan = agent.besides("reader").plan();
      assertReason(plan, "WorkspaceBusy");
      assertThat(plan.verdict().message()).contains("reader");
    }

    @Test
    void refusesASecretThatTheSwarmDoesNotAllow() {
      AgentPlan plan = agent.refersTo("forbidden").plan();
      assertThat(plan.steps()).isEmpty();
      assertStalled(plan, "SecretNotAllowed");
      assertThat(plan.verdict().message()).contains("forbidden").contains("agentSecrets");
    }

    @Test
    void takesASecretThatTheSwarmAllows() {
      assertReason(agent.refersTo("allowed").plan(), "Spawning");
    }

    @Test
    void startsNothingWhilePaused() {
      AgentPlan plan = agent.paused().plan();
      assertThat(plan.steps()).isEmpty();
      assertReason(plan, "Paused");
    }

    @Test
    void startsNothingWhileItsSwarmIsSuspended() {
      assertReason(agent.ofSuspendedSwarm().plan(), "Paused");
    }

    @Test
    void saysThatItsSwarmIsMissing() {
      assertStalled(agent.withoutSwarm().plan(), "SwarmMissing");
    }
  }

  @Nested
  class WhileAPodRuns {
    @Test
    void isActive() {
      AgentPlan plan = agent.active(1).plan();
      assertThat(plan.steps()).isEmpty();
      assertThat(plan.verdict().ready()).isEqualTo(Status.True);
      assertReason(plan, "Active");
    }

    @Test
    void liftsWhyThePodDoesNotStart() {
      assertReason(agent.waiting(1, "ImagePullFailed").plan(), "ImagePullFailed");
    }

    @Test
    void endsThePodWhenPaused() {
      assertThat(agent.active(1).paused().plan().steps())
          .singleElement()
          .isInstanceOf(Step.Stop.class);
    }

    @Test
    void letsThePodRunWhenOnlyTheSwarmIsSuspended() {
      assertThat(agent.active(1).ofSuspendedSwarm().plan().steps()).isEmpty();
    }

    @Test
    void dropsEverythingWhenTheSwarmGoes() {
      assertThat(agent.active(1).withoutSwarm().plan().steps())
          .hasExactlyElementsOfTypes(Step.Release.class, Step.Drop.class, Step.Forget.class);
    }
  }

  @Nested
  class Handover {
    @Test
    void letsThePodGoWhenTheHubHasItsLastSnapshot() {
      AgentPlan plan = agent.held(1, Duration.ofSeconds(1)).acknowledged(1).plan();
      assertThat(plan.steps()).singleElement().isInstanceOf(Step.Release.class);
      assertReason(plan, "HandingOver");
    }

    @Test
    void isPatientWithTheSidecar() {
      AgentPlan plan = agent.held(1, Duration.ofSeconds(1)).plan();
      assertThat(plan.steps()).isEmpty();
      assertThat(plan.comeBack()).isPositive();
    }

    @Test
    void takesThePodsPlaceWhenItsSidecarFailed() {
      assertThat(agent.held(1, Duration.ofSeconds(6)).plan().steps())
          .singleElement()
          .isInstanceOf(Step.HandOver.class);
    }

    @Test
    void takesOnlyTheAcknowledgementOfThatPod() {
      assertThat(agent.held(2, Duration.ofSeconds(6)).acknowledged(1).plan().steps())
          .singleElement()
          .isInstanceOf(Step.HandOver.class);
    }

    @Test
    void waitsForTheHandoverPod() {
      assertThat(agent.held(1, Duration.ofSeconds(6)).handedOverBy(1, false, false).plan().steps())
          .isEmpty();
    }

    @Test
    void triesAFailedHandoverAgain() {
      assertThat(agent.held(1, Duration.ofSeconds(6)).handedOverBy(1, false, true).plan().steps())
          .containsExactly(new Step.DropHandover());
    }

    @Test
    void letsThePodGoWhenTheHandoverPodIsDone() {
      assertThat(agent.held(1, Duration.ofSeconds(6)).handedOverBy(1, true, false).plan().steps())
          .singleElement()
          .isInstanceOf(Step.Release.class);
    }

    @Test
    void hasNothingToHandOverWhenTheSidecarNeverRan() {
      assertThat(agent.stillborn(1).plan().steps())
          .singleElement()
          .isInstanceOf(Step.Release.class);
    }

    @Test
    void takesTheHandoverPodAwayAfterwards() {
      assertThat(agent.ended(1, 0).handedOverBy(1, true, false).plan().steps())
          .containsExactly(new Step.DropHandover());
    }
  }

  @Nested
  class AfterARun {
    @Test
    void isIdleWhileItsProposalIsOnItsWay() {
      assertReason(agent.ended(1, 0).proposed("mp-1", Outcome.OPEN, "").plan(), "Idle");
    }

    @Test
    void isTerminatedWhenItsProposalIsMerged() {
      assertReason(agent.ended(1, 0).proposed("mp-1", Outcome.MERGED, "").plan(), "Terminated");
    }

    @Test
    void isTerminatedWithoutAProposalAndNamesWhatItLeft() {
      AgentPlan plan = agent.ended(1, 0).leftCandidate("mp-left").plan();
      assertReason(plan, "Terminated");
      assertThat(plan.verdict().message()).contains("mp-left");
    }

    @Test
    void proposesWhatItLeftWhenAskedTo() {
      AgentPlan plan = agent.ended(1, 0).proposingOnExit().leftCandidate("mp-left").plan();
      assertThat(plan.steps()).singleElement().isInstanceOf(Step.Propose.class);
    }

    @Test
    void proposesNothingAfterACrash() {
      assertThat(agent.ended(1, 1).proposingOnExit().leftCandidate("mp-left").plan().steps())
          .hasExactlyElementsOfTypes(Step.Start.class);
    }

    @Test
    void startsAgainAfterACrash() {
      assertThat(agent.ended(1, 1).plan().steps())
          .containsExactly(new Step.Start(2, Optional.empty()));
    }

    @Test
    void failsAfterAsManyCrashesAsAllowed() {
      AgentPlan plan = agent.ended(1, 1).ended(2, 1).ended(3, 7).plan();
      assertStalled(plan, "Failed");
      assertThat(plan.verdict().message())
          .contains("exit code 7")
          .contains("kubectl logs writer-3");
    }

    @Test
    void doesNotCountADisruption() {
      AgentPlan plan = agent.ended(1, 1).ended(2, 1).lost(3, Duration.ofSeconds(60)).plan();
      assertThat(plan.steps()).hasExactlyElementsOfTypes(Step.Start.class, Step.Drop.class);
    }

    @Test
    void pausesBeforeItTriesALostPodAgain() {
      AgentPlan plan = agent.lost(1, Duration.ofSeconds(4)).plan();
      assertThat(plan.steps()).isEmpty();
      assertThat(plan.comeBack()).isEqualTo(Duration.ofSeconds(6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SwarmMissing", "WorkspaceMissing", "SecretNotAllowed"})
    void goesOnWhenWhatWasMissingIsThere(String reason) {
      assertThat(agent.had(1, reason, true).plan().steps())
          .singleElement()
          .isInstanceOfSatisfying(
              Step.Start.class, start -> assertThat(start.attempt()).isEqualTo(2));
    }

    @Test
    void staysAsItIsWhileTheHubIsNotHeard() {
      assertReason(agent.ended(1, 0).had(1, "Idle", false).withoutHub().plan(), "Idle");
    }

    @Test
    void staysTerminatedWhenSomebodyRemovedItsPods() {
      AgentPlan plan =
          agent.had(1, "Terminated", false).proposed("mp-1", Outcome.MERGED, "").plan();
      assertThat(plan.steps()).isEmpty();
      assertReason(plan, "Terminated");
    }

    @Test
    void startsAgainWhenItsRunningPodIsGone() {
      assertThat(agent.had(2, "Active", false).plan().steps())
          .containsExactly(new Step.Start(3, Optional.empty()));
    }
  }

  @Nested
  class Revisions {
    @Test
    void startsARevisionWithFeedback() {
      AgentPlan plan = agent.ended(1, 0).proposed("mp-1", Outcome.REFUSED, "CheckFailed").plan();
      Feedback feedback = new Feedback(2, "mp-1");
      assertThat(plan.steps()).hasSize(2);
      assertThat(plan.steps().getFirst())
          .isInstanceOfSatisfying(
              Step.GiveFeedback.class, given -> assertThat(given.feedback()).isEqualTo(feedback));
      assertThat(plan.steps().getLast()).isEqualTo(new Step.Start(2, Optional.of(feedback)));
    }

    @Test
    void startsItAlsoAfterARunThatFailedBecauseOfTheRefusal() {
      AgentPlan plan = agent.ended(1, 1).proposed("mp-1", Outcome.REFUSED, "CheckFailed").plan();
      assertThat(plan.steps()).hasExactlyElementsOfTypes(Step.GiveFeedback.class, Step.Start.class);
    }

    @Test
    void goesOnWhenTheOperatorDiedBetweenFeedbackAndPod() {
      AgentPlan plan =
          agent
              .ended(1, 0)
              .proposed("mp-1", Outcome.REFUSED, "CheckFailed")
              .givenFeedback(2, "mp-1")
              .plan();
      assertThat(plan.steps())
          .containsExactly(new Step.Start(2, Optional.of(new Feedback(2, "mp-1"))));
    }

    @Test
    void countsCrashesAnewInARevision() {
      AgentPlan plan =
          agent
              .ended(1, 1)
              .ended(2, 1)
              .ended(3, 0)
              .proposed("mp-1", Outcome.REFUSED, "CheckFailed")
              .givenFeedback(4, "mp-1")
              .ended(4, 1)
              .plan();
      assertThat(plan.steps())
          .containsExactly(new Step.Start(5, Optional.of(new Feedback(4, "mp-1"))));
    }

    @Test
    void endsWithTheReasonOfTheRefusalWhenNoRevisionIsLeft() {
      AgentPlan plan =
          agent
              .ended(1, 0)
              .givenFeedback(2, "mp-1")
              .ended(2, 0)
              .proposed("mp-1", Outcome.REFUSED, "CheckFailed")
              .proposed("mp-2", Outcome.REFUSED, "CheckFailed")
              .plan();
      assertThat(plan.steps()).isEmpty();
      assertStalled(plan, "CheckFailed");
      assertThat(plan.verdict().message()).contains("mp-2");
    }

    @Test
    void endsWhenARevisionProposesNothing() {
      assertStalled(
          agent
              .ended(1, 0)
              .givenFeedback(2, "mp-1")
              .ended(2, 0)
              .proposed("mp-1", Outcome.REFUSED, "ConflictUnresolved")
              .plan(),
          "ConflictUnresolved");
    }

    @Test
    void isDoneWhenTheRevisionLands() {
      assertReason(
          agent
              .ended(1, 0)
              .givenFeedback(2, "mp-1")
              .ended(2, 0)
              .proposed("mp-1", Outcome.REFUSED, "CheckFailed")
              .proposed("mp-2", Outcome.MERGED, "")
              .plan(),
          "Terminated");
    }

    @Test
    void startsNoRevisionWhilePaused() {
      AgentPlan plan =
          agent.ended(1, 0).paused().proposed("mp-1", Outcome.REFUSED, "CheckFailed").plan();
      assertThat(plan.steps()).isEmpty();
      assertReason(plan, "Paused");
    }

    @Test
    void aWithdrawnProposalIsAnEnd() {
      assertReason(
          agent.ended(1, 0).proposed("mp-1", Outcome.ENDED, "Withdrawn").plan(), "Terminated");
    }

    @Test
    void aRejectedProposalIsAFailure() {
      assertStalled(
          agent.ended(1, 0).proposed("mp-1", Outcome.ENDED, "Rejected").plan(), "Rejected");
    }
  }

  private static void assertReason(AgentPlan plan, String reason) {
    assertThat(plan.verdict().reason()).isEqualTo(reason);
    assertThat(plan.verdict().stalled()).isFalse();
  }

  private static void assertStalled(AgentPlan plan, String reason) {
    assertThat(plan.verdict().reason()).isEqualTo(reason);
    assertThat(plan.verdict().stalled()).isTrue();
    assertThat(plan.verdict().ready()).isEqualTo(Status.False);
  }
}
