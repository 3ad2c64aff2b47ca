package dev.qudag.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.operator.agent.AgentReconciler;
import dev.qudag.operator.proposal.MergeProposalReconciler;
import dev.qudag.operator.swarm.SwarmReconciler;
import dev.qudag.operator.validator.ValidatorReconciler;
import dev.qudag.operator.workspace.WorkspaceReconciler;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the reconcilers of all kinds. */
class ReconcilersTest {
  /** Without its word the framework waits 2 s, and gives up after five times. */
  @ParameterizedTest
  @ValueSource(
      classes = {
        SwarmReconciler.class,
        ValidatorReconciler.class,
        WorkspaceReconciler.class,
        AgentReconciler.class,
        MergeProposalReconciler.class
      })
  void aPassThatFailedIsMadeAgainSoonAndForEver(Class<?> reconciler) {
    GradualRetry retry = reconciler.getAnnotation(GradualRetry.class);
    assertThat(retry.maxAttempts()).isNegative();
    assertThat(retry.initialInterval()).isLessThanOrEqualTo(500);
    assertThat(retry.maxInterval()).isLessThanOrEqualTo(15_000);
  }
}
