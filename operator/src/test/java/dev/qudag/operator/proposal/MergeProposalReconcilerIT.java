package dev.qudag.operator.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Result;
import dev.qudag.e2e.cluster.ApiServer;
import dev.qudag.operator.TestingOperator;
import dev.qudag.operator.crash.CrashInjector;
import dev.qudag.proto.ProposalState;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The reconciler against a real API server and a hub in memory. */
@ApiServer
class MergeProposalReconcilerIT {
  private static final String A = "mp-aaaaaaaaaaaaaaaaaaaa";
  private static final String B = "mp-bbbbbbbbbbbbbbbbbbbb";

  private ProposalScene scene;
  private TestingHub hub;
  private TestingOperator operator;

  @BeforeEach
  void start(KubernetesClient client) {
    scene = new ProposalScene(client);
    hub = scene.hub;
    operator = scene.run(CrashInjector.NONE);
  }

  @AfterEach
  void stop() {
    operator.close();
    scene.clear();
  }

  @Test
  void announcedProposalsAreCheckedTogetherAndLandInTurn() {
    hub.accept(A, 1);
    hub.accept(B, 2);

    scene.pass(scene.jobOf(A));
    scene.awaitState(A, ProposalState.DECIDING);
    scene.pass(scene.jobOf(B));
    scene.awaitReason(B, "Queued");
    assertThat(scene.proposal(B).getStatus().build().base())
        .isEqualTo(scene.proposal(A).getStatus().build().commit());
    hub.land(A);
    scene.awaitReason(A, "Merged");
    scene.awaitState(B, ProposalState.DECIDING);
    hub.land(B);
    scene.awaitReason(B, "Merged");

    assertThat(hub.decided).hasSize(2);
    assertThat(scene.client.batch().v1().jobs().list().getItems()).hasSize(2);
    assertThat(scene.proposal(A).getMetadata().getOwnerReferences().getFirst().getController())
        .isTrue();
  }

  /** The policy lands otherwise since; the checks were about the tree, which is the same. */
  @Test
  void whatWasMergedByAnotherMethodIsMergedAnewAndNotCheckedAnew() {
    hub.accept(A, 1);
    Job job = scene.jobOf(A);
    hub.landBy("Squash");
    scene.pass(job);

    scene.awaitState(A, ProposalState.DECIDING);
    assertThat(hub.decided.getFirst().getCommit())
        .isEqualTo(TestingHub.commit(TestingHub.HEAD + A + "Squash"));
    assertThat(scene.client.batch().v1().jobs().list().getItems()).hasSize(1);
    hub.land(A);
    scene.awaitReason(A, "Merged");
  }

  @Test
  void aPersonsOrderToUndoALandingLands() {
    hub.accept(A, 1);
    scene.pass(scene.jobOf(A));
    scene.awaitState(A, ProposalState.DECIDING);
    hub.land(A);
    scene.awaitEnd(A);
    String name = scene.proposal(A).getStatus().revertProposal();

    scene.orderRevert(name, scene.proposal(A).getStatus().mergedCommit());
    scene.pass(scene.jobOf(name));
    scene.awaitState(name, ProposalState.DECIDING);
    hub.land(name);
    scene.awaitReason(name, "Merged");

    assertThat(hub.orders)
        .isNotEmpty()
        .allSatisfy(order -> assertThat(order.person()).isEqualTo("grace"));
  }

  /** The trap: nothing held the object yet, and the next announcement brought it back. */
  @Test
  void whatIsDeletedInTheMomentItAppearsIsWithdrawn() {
    var proposals = scene.client.resources(MergeProposal.class);
    try (var deleting = proposals.watch(new DeletesWhatAppears(proposals))) {
      hub.accept(A, 1);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> hub.proposal(A).getReason().equals("Withdrawn"));
    }
    hub.accept(B, 2);
    scene.awaitThere(B);
    await().atMost(Duration.ofSeconds(30)).until(() -> scene.proposal(A) == null);
  }

  private record DeletesWhatAppears(
      MixedOperation<MergeProposal, ?, Resource<MergeProposal>> proposals)
      implements Watcher<MergeProposal> {
    @Override
    public void eventReceived(Action action, MergeProposal proposal) {
      if (action == Action.ADDED) {
        proposals.resource(proposal).delete();
      }
    }

    @Override
    public void onClose(WatcherException cause) {}
  }

  @Test
  void aPodThatIsGoneIsTriedAgainByAnotherJob() {
    hub.accept(A, 1);
    Job first = scene.jobOf(A);

    scene.fail(first);
    scene.awaitReason(A, "NodeLost");
    Job second = scene.nextJobOf(A, first);
    assertThat(second.getMetadata().getAnnotations()).containsEntry("qudag.dev/attempt", "2");
    assertThat(hub.closed).isEmpty();
    scene.pass(second);

    scene.awaitState(A, ProposalState.DECIDING);
  }

  @Test
  void aFailedCheckRunsAgainByAnotherJobAndIsCalledFlakyWhenItPasses() {
    hub.accept(A, 1);
    Job first = scene.jobOf(A);

    scene.jobs.end(first, 1);
    Job second = scene.nextJobOf(A, first);
    assertThat(second.getMetadata().getAnnotations()).containsEntry("qudag.dev/failures", "1");
    assertThat(scene.check(A).result()).isEqualTo(Result.Retrying);
    assertThat(hub.closed).isEmpty();
    scene.jobs.end(second, 0);

    scene.awaitState(A, ProposalState.DECIDING);
    assertThat(scene.check(A).result()).isEqualTo(Result.Flaky);
  }

  @Test
  void aCheckThatFailsTwiceEndsIt() {
    hub.accept(A, 1);
    Job first = scene.jobOf(A);
    scene.jobs.end(first, 1);
    scene.jobs.end(scene.nextJobOf(A, first), 1);

    scene.awaitReason(A, "CheckFailed");
    assertThat(hub.closed.getFirst().getReason()).isEqualTo("CheckFailed");
  }

  @Test
  void aJobThatTheQuotaRefusesIsMadeWhenThereIsRoom() {
    scene.jobs.allow("0");
    hub.accept(A, 1);

    scene.awaitReason(A, "QuotaExceeded");
    assertThat(scene.check(A).result()).isEqualTo(Result.Infra);
    assertThat(hub.closed).isEmpty();
    scene.client.resourceQuotas().delete();
    hub.accept(B, 2); // the line is looked at again, as it is each minute
    scene.pass(scene.jobOf(A));

    scene.awaitState(A, ProposalState.DECIDING);
  }

  @Test
  void aPodThatIsRefusedIsShownInTheWordsOfWhoeverRefusedIt() {
    hub.accept(A, 1);
    Job job = scene.jobOf(A);
    scene.jobs.refusePod(job, "pods \"chk-x\" is forbidden: exceeded quota: small");

    scene.awaitReason(A, "QuotaExceeded");
    assertThat(scene.check(A).result()).isEqualTo(Result.Infra);
    scene.pass(job);

    scene.awaitState(A, ProposalState.DECIDING);
    assertThat(hub.closed).isEmpty();
  }

  @Test
  void theOperatorMayDieAtAnyTimeAndNothingIsDoneTwice() {
    hub.accept(A, 1);
    Job job = scene.jobOf(A);
    operator.close();
    scene.pass(job);
    operator = scene.run(CrashInjector.NONE);

    scene.awaitState(A, ProposalState.DECIDING);
    operator.close();
    hub.land(A);
    operator = scene.run(CrashInjector.NONE);

    scene.awaitReason(A, "Merged");
    assertThat(hub.decided).hasSize(1);
  }

  /** Another one acts then, which the hub's news reach as well. */
  @Test
  void anOperatorThatHasStoppedAnnouncesNothing() {
    operator.close();
    hub.accept(A, 1);
    await()
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(10))
        .until(() -> scene.proposal(A) == null);
    operator = scene.run(CrashInjector.NONE);
    scene.awaitThere(A);
  }

  @Test
  void aDeletedProposalIsWithdrawnAndDoesNotComeBack() {
    hub.accept(A, 1);
    scene.awaitThere(A);

    scene.client.resources(MergeProposal.class).withName(A).delete();

    await().atMost(Duration.ofSeconds(30)).until(() -> scene.proposal(A) == null);
    assertThat(hub.proposal(A).getState()).isEqualTo(ProposalState.CLOSED);
    assertThat(hub.proposal(A).getReason()).isEqualTo("Withdrawn");
    hub.accept(B, 2);
    scene.awaitThere(B);
    assertThat(scene.proposal(A)).isNull();
  }
}
