package dev.qudag.operator.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.MergeProposalSpec;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.operator.proposal.check.CheckRun;
import dev.qudag.operator.proposal.state.QueueControls;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people say of the order in which proposals land, pass by pass, against a hub in memory. */
class ProposalQueueTest extends ProposalLine {

  @Test
  void whatDependsIsBuiltOnWhatItDependsOnThoughItCameFirst() {
    dependent(A, 1, B);
    announce(B, 2);
    settle(B);
    settle(A);

    assertThat(objects.get(B).getStatus().build().base()).isEqualTo(TestingHub.HEAD);
    assertThat(objects.get(A).getStatus().build().base())
        .isEqualTo(objects.get(B).getStatus().build().commit());
  }

  @Test
  void whatDependsOnSomethingUnknownWaitsForIt() {
    dependent(A, 1, B);
    settle(A);

    assertThat(ready(A).reason()).isEqualTo("Queued");
    assertThat(objects.get(A).getStatus().queue().waitingFor()).isEqualTo(B);
  }

  @Test
  void whatDependsOnAFailureEndsAndSaysSo() {
    dependent(A, 2, B);
    hub.conflicts.put(B, "src/a.sh");
    announce(B, 1);
    settle(B);
    settle(A);

    assertThat(ready(B).reason()).isEqualTo("ConflictUnresolved");
    assertThat(ready(A).reason()).isEqualTo("DependencyFailed");
    assertThat(ready(A).message())
        .startsWith("depends on %s, which ended with ConflictUnresolved: ".formatted(B));
    assertThat(hub.closed.getLast().getReason()).isEqualTo("DependencyFailed");
  }

  @Test
  void aCycleIsNamedAndStalls() {
    dependent(A, 1, B);
    dependent(B, 2, A);
    settle(A);

    assertThat(ready(A).reason()).isEqualTo("DependencyCycle");
    assertThat(ready(A).message()).contains("%s depends on %s depends on %s".formatted(A, B, A));
    assertThat(isTrue(A, "Stalled")).isTrue();
  }

  @Test
  void anUrgentOneIsBuiltOnTheHeadThoughItCameLater() {
    announce(A, 1);
    announce(B, 2);
    objects.get(B).getMetadata().setAnnotations(Map.of(QueueControls.PRIORITY, "1"));
    settle(B);
    settle(A);

    assertThat(objects.get(B).getStatus().build().base()).isEqualTo(TestingHub.HEAD);
    assertThat(objects.get(B).getStatus().queue().position()).isEqualTo(1);
  }

  @Test
  void aFreezeHoldsWhatPassedUntilItIsLifted() {
    swarm.getMetadata().setAnnotations(Map.of(QueueControls.FREEZE, "5"));
    announce(A, 1);
    settle(A);
    runs.put(job(A), new CheckRun.Passed(ENDING));
    settle(A);

    assertThat(ready(A).reason()).isEqualTo("Frozen");
    assertThat(hub.decided).isEmpty();

    swarm.getMetadata().setAnnotations(Map.of());
    settle(A);
    assertThat(hub.decided).hasSize(1);
  }

  @Test
  void whatIsUrgentEnoughLandsInAFreeze() {
    swarm.getMetadata().setAnnotations(Map.of(QueueControls.FREEZE, "5"));
    announce(A, 1);
    objects.get(A).getMetadata().setAnnotations(Map.of(QueueControls.PRIORITY, "5"));
    settle(A);
    runs.put(job(A), new CheckRun.Passed(ENDING));
    settle(A);

    assertThat(hub.decided).hasSize(1);
  }

  @Test
  void annotationsOutOfRangeCountAsTheNearest() {
    MergeProposal proposal = apply(A, "main");
    assertThat(QueueControls.ordered(proposal)).isEmpty();

    for (var said : Map.of("7", 7, "99999999999", 24, "25", 24, "-1", 0, "high", 0).entrySet()) {
      proposal.getMetadata().setAnnotations(Map.of(QueueControls.PRIORITY, said.getKey()));
      assertThat(QueueControls.ordered(proposal)).as(said.getKey()).contains(said.getValue());
    }
  }

  @Test
  void anAgentsPriorityCountsUpToTheCapAndAPersonsAboveIt() {
    MergeProposal proposal = apply(A, "main");
    Swarm capped = edited("checks:", "queue: {agentPriorityCap: 4}\n    checks:");

    assertThat(QueueControls.priority(Optional.of(proposal), 9, swarm)).isZero();
    assertThat(QueueControls.priority(Optional.of(proposal), 9, capped)).isEqualTo(4);
    assertThat(QueueControls.priority(Optional.of(proposal), 3, capped)).isEqualTo(3);

    proposal.getMetadata().setAnnotations(Map.of(QueueControls.PRIORITY, "12"));
    assertThat(QueueControls.priority(Optional.of(proposal), 3, capped)).isEqualTo(12);
  }

  /** A person applies it for a commit that the hub then takes. */
  private void dependent(String name, long at, String dependsOn) {
    MergeProposal proposal = apply(name, "main");
    MergeProposalSpec spec = proposal.getSpec();
    proposal.setSpec(
        new MergeProposalSpec(
            spec.swarmRef(), spec.source(), spec.targetBranch(), null, null, List.of(dependsOn)));
    hub.accept(name, at);
  }
}
