package dev.qudag.operator.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.api.v1alpha1.LocalRef;
import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.MergeProposalSpec;
import dev.qudag.e2e.cluster.ApiServer;
import dev.qudag.operator.crash.CrashPoint;
import dev.qudag.operator.crash.MortalOperator;
import dev.qudag.proto.ProposalState;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wherever the operator dies on a proposal's way, another one brings the proposal to its end, and
 * that once.
 */
@ApiServer
class ProposalCrashIT {
  private static final String A = "mp-aaaaaaaaaaaaaaaaaaaa";
  private static final String B = "mp-bbbbbbbbbbbbbbbbbbbb";

  private enum Story {
    LANDS,
    LOSES_ITS_CHECK,
    IS_APPLIED_BY_A_PERSON,
    IS_CANCELLED,
    IS_DELETED
  }

  /** The stories in which a point is reached; a new point must be given one, here or there. */
  private static List<Story> stories(CrashPoint point) {
    return switch (point) {
      case PROPOSAL_ANNOUNCED, PROPOSAL_ANALYZED, CHECKS_STARTED, DECISION_ASKED ->
          List.of(Story.LANDS);
      case INTENT_PERSISTED ->
          List.of(Story.LANDS, Story.IS_APPLIED_BY_A_PERSON, Story.IS_CANCELLED);
      case END_HEARD -> List.of(Story.LANDS, Story.IS_CANCELLED);
      case CHECK_DROPPED -> List.of(Story.LOSES_ITS_CHECK);
      case CANDIDATE_PROPOSED -> List.of(Story.IS_APPLIED_BY_A_PERSON);
      case CLOSING_ASKED -> List.of(Story.IS_CANCELLED);
      case WITHDRAWAL_ASKED, WITHDRAWAL_HEARD -> List.of(Story.IS_DELETED);
      case AGENT_EQUIPPED,
          FEEDBACK_GIVEN,
          RUN_STARTED,
          HANDOVER_STARTED,
          RUN_RELEASED,
          LEFTOVER_PROPOSED,
          AGENT_LEFT ->
          List.of();
    };
  }

  static Stream<Arguments> deaths() {
    return Arrays.stream(CrashPoint.values())
        .flatMap(point -> stories(point).stream().map(story -> Arguments.of(point, story)));
  }

  private ProposalScene scene;
  private TestingHub hub;
  private MortalOperator operator;

  @BeforeEach
  void start(KubernetesClient client) {
    scene = new ProposalScene(client);
    hub = scene.hub;
  }

  @AfterEach
  void stop() {
    operator.close();
    scene.clear();
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void endsOnceThoughTheOperatorDiesHere(CrashPoint point, Story story) {
    operator = MortalOperator.start(point, scene::run, hub::disconnected);

    switch (story) {
      case LANDS -> {
        hub.accept(A, 1);
        lands();
      }
      case LOSES_ITS_CHECK -> {
        hub.accept(A, 1);
        losesItsCheck();
        lands();
      }
      case IS_APPLIED_BY_A_PERSON -> {
        hub.leave(A);
        scene.client.resource(applied()).create();
        lands();
      }
      case IS_CANCELLED -> cancelled();
      case IS_DELETED -> deleted();
    }

    operator.assertDied();
    if (story != Story.IS_DELETED) {
      scene.awaitEnd(A);
    }
    assertThat(hub.ends(A)).isEqualTo(1);
  }

  private void lands() {
    scene.pass(scene.jobOf(A));
    scene.awaitState(A, ProposalState.DECIDING);
    hub.land(A);
    scene.awaitReason(A, "Merged");
    assertThat(hub.decided).hasSize(1);
    assertThat(hub.closed).isEmpty();
    assertThat(scene.client.batch().v1().jobs().list().getItems()).hasSize(1);
    assertThat(scene.client.resources(MergeProposal.class).list().getItems()).hasSize(1);
  }

  private void losesItsCheck() {
    var first = scene.jobOf(A);
    scene.fail(first);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                scene
                    .findJob(A)
                    .filter(job -> !job.getMetadata().getUid().equals(first.getMetadata().getUid()))
                    .isPresent());
  }

  private void cancelled() {
    hub.accept(A, 1);
    scene.awaitThere(A);
    scene
        .client
        .resources(MergeProposal.class)
        .withName(A)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\": {\"annotations\": {\"qudag.dev/cancel\": \"true\"}}}");
    scene.awaitReason(A, "Withdrawn");
    scene.awaitState(A, ProposalState.CLOSED);
    assertThat(hub.decided).isEmpty();
  }

  private void deleted() {
    hub.accept(A, 1);
    scene.awaitThere(A);
    scene.client.resources(MergeProposal.class).withName(A).delete();
    await().atMost(Duration.ofSeconds(30)).until(() -> scene.proposal(A) == null);
    assertThat(hub.proposal(A).getReason()).isEqualTo("Withdrawn");
    hub.accept(B, 2);
    scene.awaitThere(B);
    assertThat(scene.proposal(A)).isNull();
    assertThat(hub.decided).isEmpty();
  }

  private static MergeProposal applied() {
    var proposal = new MergeProposal();
    proposal.setMetadata(new ObjectMetaBuilder().withName(A).build());
    proposal.setSpec(
        new MergeProposalSpec(
            new LocalRef("s"),
            new MergeProposalSpec.Source("w", TestingHub.commit(A), null),
            "main",
            "Change " + A,
            null,
            List.of()));
    return proposal;
  }
}
