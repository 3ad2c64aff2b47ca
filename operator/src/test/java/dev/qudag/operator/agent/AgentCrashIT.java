package dev.qudag.operator.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.e2e.cluster.ApiServer;
import dev.qudag.operator.crash.CrashPoint;
import dev.qudag.operator.crash.MortalOperator;
import dev.qudag.proto.HubState;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.ProposalState;
import dev.qudag.proto.WorkspaceState;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
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
 * Wherever the operator dies on an agent's way, another one brings the agent to its end: no run is
 * started twice, and what it left is proposed once.
 */
@ApiServer
class AgentCrashIT {
  private enum Story {
    ENDS,
    LOSES_ITS_SIDECAR,
    IS_REFUSED,
    LEAVES_A_CANDIDATE,
    IS_DELETED
  }

  /** The stories in which a point is reached; a new point must be given one, here or there. */
  private static List<Story> stories(CrashPoint point) {
    return switch (point) {
      case AGENT_EQUIPPED, RUN_STARTED -> List.of(Story.ENDS);
      case RUN_RELEASED -> List.of(Story.ENDS, Story.LOSES_ITS_SIDECAR, Story.IS_REFUSED);
      case HANDOVER_STARTED -> List.of(Story.LOSES_ITS_SIDECAR);
      case FEEDBACK_GIVEN -> List.of(Story.IS_REFUSED);
      case LEFTOVER_PROPOSED -> List.of(Story.LEAVES_A_CANDIDATE);
      case AGENT_LEFT -> List.of(Story.IS_DELETED);
      case PROPOSAL_ANNOUNCED,
          PROPOSAL_ANALYZED,
          CHECKS_STARTED,
          CHECK_DROPPED,
          INTENT_PERSISTED,
          DECISION_ASKED,
          CLOSING_ASKED,
          CANDIDATE_PROPOSED,
          END_HEARD,
          WITHDRAWAL_ASKED,
          WITHDRAWAL_HEARD ->
          List.of();
    };
  }

  static Stream<Arguments> deaths() {
    return Arrays.stream(CrashPoint.values())
        .flatMap(point -> stories(point).stream().map(story -> Arguments.of(point, story)));
  }

  private AgentScene scene;
  private MortalOperator operator;

  @BeforeEach
  void start(KubernetesClient client) {
    scene = new AgentScene(client);
  }

  @AfterEach
  void stop() {
    operator.close();
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void endsOnceThoughTheOperatorDiesHere(CrashPoint point, Story story) {
    operator = MortalOperator.start(point, scene::run, scene.hubs::disconnected);

    switch (story) {
      case ENDS -> ends();
      case LOSES_ITS_SIDECAR -> losesItsSidecar();
      case IS_REFUSED -> isRefused();
      case LEAVES_A_CANDIDATE -> leavesACandidate();
      case IS_DELETED -> isDeleted();
    }

    operator.assertDied();
  }

  private void ends() {
    scene.begin("Push");
    scene.endsWell(1);
    scene.hubs.say(scene.acknowledged(1).build());

    scene.awaitReason("Terminated");
    assertThat(pods()).containsExactly("writer-1");
    assertThat(scene.pod(1).getMetadata().getFinalizers()).isEmpty();
    assertThat(scene.agent().getStatus().attempt()).isEqualTo(1);
  }

  private void losesItsSidecar() {
    scene.begin("Push");
    scene.play(1, "Succeeded", "{terminated: {exitCode: 0, finishedAt: '2026-01-01T00:00:00Z'}}");
    Pod handover =
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> scene.client.pods().withName("writer-handover").get(), pod -> pod != null);
    scene
        .client
        .resource(handover)
        .editStatus(pod -> pod.edit().withNewStatus().withPhase("Succeeded").endStatus().build());

    scene.awaitReason("Terminated");
    assertThat(scene.pod(1).getMetadata().getFinalizers()).isEmpty();
    await().atMost(Duration.ofSeconds(30)).until(() -> pods().equals(List.of("writer-1")));
  }

  private void isRefused() {
    scene.begin("Push");
    scene.endsWell(1);
    scene.hubs.say(scene.acknowledged(1).addProposals(scene.refused("mp-1")).build());

    await().atMost(Duration.ofSeconds(30)).until(() -> scene.pod(2) != null);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(scene.agent().getStatus().revisionCount()).isEqualTo(1));
    assertThat(pods()).containsExactly("writer-1", "writer-2");
    assertThat(scene.client.configMaps().list().getItems())
        .extracting(paper -> paper.getMetadata().getName())
        .contains("writer-feedback-2")
        .doesNotContain("writer-feedback-3");
  }

  private void leavesACandidate() {
    scene.begin("ExitZero");
    scene.endsWell(1);
    WorkspaceState.Builder known = scene.acknowledged(1).getWorkspaces(0).toBuilder();
    String commit = "c0ffee".repeat(7).substring(0, 40);
    scene.hubs.say(
        HubState.newBuilder()
            .addWorkspaces(known.clone().setCandidateCommit(commit).setCandidateProposal("mp-left"))
            .build());
    await().atMost(Duration.ofSeconds(30)).until(() -> !scene.hubs.proposed.isEmpty());
    operator.assertDied();
    scene.hubs.say(
        HubState.newBuilder()
            .addWorkspaces(known)
            .addProposals(
                Proposal.newBuilder()
                    .setName("mp-left")
                    .setWorkspaceUid(scene.workspace().getMetadata().getUid())
                    .setState(ProposalState.LANDED))
            .build());

    scene.awaitReason("Terminated");
    assertThat(scene.hubs.proposed)
        .allSatisfy(asked -> assertThat(asked.getProposal()).isEqualTo("mp-left"));
    assertThat(pods()).containsExactly("writer-1");
  }

  private void isDeleted() {
    scene.begin("Push");
    scene.endsWell(1);
    scene.hubs.say(scene.acknowledged(1).build());
    scene.awaitReason("Terminated");
    scene.client.resource(scene.agent()).delete();

    await().atMost(Duration.ofSeconds(30)).until(() -> scene.agent() == null);
    assertThat(pods()).isEmpty();
  }

  private List<String> pods() {
    return scene.client.pods().list().getItems().stream()
        .map(HasMetadata::getMetadata)
        .map(meta -> meta.getName())
        .toList();
  }
}
