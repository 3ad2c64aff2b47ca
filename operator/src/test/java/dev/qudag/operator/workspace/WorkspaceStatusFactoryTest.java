package dev.qudag.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.Workspace;
import dev.qudag.api.v1alpha1.WorkspaceReason;
import dev.qudag.api.v1alpha1.WorkspaceStatus;
import dev.qudag.operator.status.Conditions;
import dev.qudag.proto.WorkspaceState;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkspaceStatusFactoryTest {
  private static final Optional<String> MAIN = Optional.of("main");
  private static final Workspace DESK =
      Serialization.unmarshal(
          """
          apiVersion: qudag.dev/v1alpha1
          kind: Workspace
          metadata: {name: desk, namespace: team, uid: w-uid, generation: 3}
          spec: {swarmRef: {name: demo}, vcs: Jujutsu, base: main, storage: {size: 1Gi}, retention: Delete}
          """,
          Workspace.class);

  @Test
  void isReadyBeforeAnyAgentCame() {
    WorkspaceStatus status =
        status(MAIN, false, Optional.empty(), Optional.empty(), Optional.empty());
    assertCondition(status, "Ready", Condition.Status.True, "Unbound");
    assertCondition(status, "Cloned", Condition.Status.False, "NotCloned");
    assertThat(status.observedGeneration()).isEqualTo(3);
  }

  @Test
  void isNotReadyWhileItIsCloned() {
    WorkspaceStatus status =
        status(MAIN, false, Optional.of(sidecar(false)), Optional.empty(), Optional.empty());
    assertCondition(status, "Ready", Condition.Status.False, "Cloning");
    assertCondition(status, "Bound", Condition.Status.True, "Bound");
  }

  @Test
  void showsWhatTheHubKnows() {
    WorkspaceState known =
        WorkspaceState.newBuilder()
            .setUid("w-uid")
            .setRevision("a".repeat(40))
            .setAhead(2)
            .addConflicts("src/a.txt")
            .setCandidateCommit("b".repeat(40))
            .setCandidateProposal("mp-1")
            .build();
    WorkspaceStatus status =
        status(MAIN, false, Optional.of(sidecar(true)), Optional.of(known), Optional.empty());
    assertCondition(status, "Ready", Condition.Status.True, "Bound");
    assertThat(status.revision()).isEqualTo("a".repeat(40));
    assertThat(status.ahead()).isEqualTo(2);
    assertThat(status.conflicts()).containsExactly("src/a.txt");
    assertThat(status.candidate().proposalName()).isEqualTo("mp-1");
  }

  @Test
  void isStalledWithoutItsSwarm() {
    assertStalled(
        status(Optional.empty(), false, Optional.empty(), Optional.empty(), Optional.empty()),
        "SwarmMissing");
  }

  @Test
  void isStalledOnAnotherBranch() {
    assertStalled(
        status(Optional.of("trunk"), false, Optional.empty(), Optional.empty(), Optional.empty()),
        "UnknownBranch");
  }

  @Test
  void isStalledOnAVolumeThatWasMadeForSomethingElse() {
    assertStalled(
        status(MAIN, true, Optional.empty(), Optional.empty(), Optional.empty()), "VolumeTaken");
  }

  @Test
  void isStalledWhenSomethingElseAnswered() {
    assertStalled(
        status(
            MAIN,
            false,
            Optional.of(sidecar(false)),
            Optional.empty(),
            Optional.of(new Refusal(WorkspaceReason.EnrolmentRefused, "it lies"))),
        "EnrolmentRefused");
  }

  private static Sidecar sidecar(boolean cloned) {
    return new Sidecar(new PodBuilder().build(), "writer", !cloned, cloned);
  }

  private static WorkspaceStatus status(
      Optional<String> branch,
      boolean foreign,
      Optional<Sidecar> sidecar,
      Optional<WorkspaceState> known,
      Optional<Refusal> refused) {
    return new WorkspaceStatusFactory(new Conditions(Clock.systemUTC()))
        .status(new WorkspaceObservation(DESK, branch, foreign, sidecar, known, refused));
  }

  private static void assertStalled(WorkspaceStatus status, String reason) {
    assertCondition(status, "Stalled", Condition.Status.True, reason);
    assertCondition(status, "Ready", Condition.Status.False, reason);
  }

  private static void assertCondition(
      WorkspaceStatus status, String type, Condition.Status value, String reason) {
    assertThat(status.conditions())
        .filteredOn(condition -> condition.type().equals(type))
        .singleElement()
        .satisfies(
            condition -> {
              assertThat(condition.status()).isEqualTo(value);
              assertThat(condition.reason()).isEqualTo(reason);
            });
  }
}
