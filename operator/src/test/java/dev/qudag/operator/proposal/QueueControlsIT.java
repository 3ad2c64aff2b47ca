package dev.qudag.operator.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.e2e.cluster.ApiServer;
import dev.qudag.operator.TestingOperator;
import dev.qudag.operator.crash.CrashInjector;
import dev.qudag.operator.proposal.state.ProposalObservation;
import dev.qudag.operator.proposal.state.QueueControls;
import dev.qudag.proto.ProposalState;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people write on objects reaches the queue, on a real API server and a hub in memory. */
@ApiServer
class QueueControlsIT {
  private static final String A = "mp-aaaaaaaaaaaaaaaaaaaa";

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
    scene.annotateSwarm(QueueControls.FREEZE, null);
    scene.clear();
  }

  @Test
  void aFreezeHoldsWhatPassedUntilItIsLifted() {
    scene.annotateSwarm(QueueControls.FREEZE, "5");
    hub.accept(A, 1);
    scene.pass(scene.jobOf(A));
    scene.awaitReason(A, "Frozen");
    assertThat(hub.decided).isEmpty();

    scene.annotateSwarm(QueueControls.FREEZE, null);
    scene.awaitState(A, ProposalState.DECIDING);
  }

  @Test
  void whatIsMadeUrgentLandsInAFreeze() {
    scene.annotateSwarm(QueueControls.FREEZE, "5");
    hub.accept(A, 1);
    scene.pass(scene.jobOf(A));
    scene.awaitReason(A, "Frozen");

    scene.annotate(A, QueueControls.PRIORITY, "5");
    scene.awaitState(A, ProposalState.DECIDING);
  }

  @Test
  void whatIsCancelledIsWithdrawn() {
    hub.accept(A, 1);
    scene.awaitThere(A);

    scene.annotate(A, ProposalObservation.CANCEL, "");
    scene.awaitReason(A, "Withdrawn");
    assertThat(hub.proposal(A).getReason()).isEqualTo("Withdrawn");
  }

  @Test
  void whatIsRejectedEndsWithThePersonsWords() {
    hub.accept(A, 1);
    scene.awaitThere(A);

    scene.annotate(A, ProposalObservation.REJECT, "Use the parser");
    scene.awaitReason(A, "Rejected");
    assertThat(hub.proposal(A).getMessage()).isEqualTo("rejected by a person: Use the parser");
  }

  /** It was judged for a head that is not the head any more. */
  @Test
  void whatBecameStaleIsCheckedOnTheNewHeadAndDecidedAgain() {
    hub.accept(A, 1);
    scene.pass(scene.jobOf(A));
    scene.awaitState(A, ProposalState.DECIDING);
    var first = scene.jobOf(A);

    hub.overtake(A);
    scene.pass(scene.nextJobOf(A, first));
    scene.awaitState(A, ProposalState.DECIDING);

    assertThat(hub.decided).hasSize(2);
    assertThat(hub.decided.getLast().getBase()).isNotEqualTo(TestingHub.HEAD);
  }
}
