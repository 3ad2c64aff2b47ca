package dev.qudag.operator.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.MergeProposalStatus;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Result;
import dev.qudag.e2e.cluster.ApiServer;
import dev.qudag.operator.TestingOperator;
import dev.qudag.operator.crash.CrashInjector;
import dev.qudag.proto.ProposalState;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Proposals that share a Job, against a real API server and a hub in memory. */
@ApiServer
class ProposalBatchIT {
  private static final String FIRST = "mp-aaaaaaaaaaaaaaaaaaaa";
  private static final String B = "mp-bbbbbbbbbbbbbbbbbbbb";
  private static final String C = "mp-cccccccccccccccccccc";
  private static final String D = "mp-dddddddddddddddddddd";

  private ProposalScene scene;
  private TestingHub hub;
  private TestingOperator operator;

  @BeforeEach
  void start(KubernetesClient client) {
    scene = new ProposalScene(client);
    scene.share(3);
    hub = scene.hub;
    operator = scene.run(CrashInjector.NONE);
  }

  @AfterEach
  void stop() {
    operator.close();
    scene.clear();
  }

  /** Three gather behind one that is checked; they are a batch once it has landed. */
  private Job awaitBatch() {
    hub.accept(FIRST, 1);
    Job first = scene.jobOf(FIRST);
    List.of(B, C, D).forEach(name -> hub.accept(name, name.charAt(3)));
    List.of(B, C, D).forEach(name -> scene.awaitReason(name, "Queued"));
    scene.pass(first);
    scene.awaitState(FIRST, ProposalState.DECIDING);
    hub.land(FIRST);
    List.of(B, C, D).forEach(name -> scene.awaitReason(name, "Checking"));
    return scene.jobOf(D);
  }

  @Test
  void threeShareOneJobAndLandByOneDecision() {
    Job shared = awaitBatch();

    assertThat(scene.client.batch().v1().jobs().list().getItems()).hasSize(2);
    scene.pass(shared);
    scene.awaitState(D, ProposalState.DECIDING);
    hub.land(B);
    List.of(B, C, D).forEach(name -> scene.awaitReason(name, "Merged"));

    assertThat(hub.decided).hasSize(2);
    assertThat(hub.decided.getLast().getTogetherList()).containsExactly(C, D);
    assertThat(scene.client.batch().v1().jobs().list().getItems()).hasSize(2);
    for (String name : List.of(B, C, D)) {
      MergeProposalStatus status = scene.proposal(name).getStatus();
      assertThat(status.batch().members()).hasSize(3);
      assertThat(status.mergedCommit()).isEqualTo(status.build().commit());
      assertThat(scene.check(name).result()).isEqualTo(Result.Passed);
      assertThat(scene.check(name).job()).isEqualTo(shared.getMetadata().getName());
    }
  }

  /** An operator that comes back finds the batch in the statuses: no Job runs twice. */
  @Test
  void aRestartedOperatorGoesOnWithTheBatch() {
    Job shared = awaitBatch();
    operator.close();
    hub.disconnected();
    operator = scene.run(CrashInjector.NONE);

    scene.pass(shared);
    scene.awaitState(D, ProposalState.DECIDING);
    assertThat(hub.decided.getLast().getTogetherList()).containsExactly(C, D);
    assertThat(scene.client.batch().v1().jobs().list().getItems()).hasSize(2);
  }

  @Test
  void aBatchThatFailedIsCheckedApart() {
    Job shared = awaitBatch();
    scene.jobs.end(shared, 1);
    scene.jobs.end(scene.nextJobOf(D, shared), 1);

    Job alone = scene.awaitOwnJobOf(B, shared);
    scene.pass(alone);
    scene.awaitState(B, ProposalState.DECIDING);
    assertThat(hub.decided.getLast().getTogetherList()).isEmpty();
    assertThat(hub.closed).isEmpty();
  }
}
