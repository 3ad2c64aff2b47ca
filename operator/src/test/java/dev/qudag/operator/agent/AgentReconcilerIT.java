package dev.qudag.operator.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.e2e.cluster.ApiServer;
import dev.qudag.operator.TestingOperator;
import dev.qudag.operator.crash.CrashInjector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An Agent on a real API server; the test plays kubelet and hub. */
@ApiServer
class AgentReconcilerIT {
  private AgentScene scene;
  private TestingOperator operator;

  @BeforeEach
  void start(KubernetesClient client) {
    scene = new AgentScene(client);
    operator = scene.run(CrashInjector.NONE);
    scene.begin("Push");
  }

  @AfterEach
  void stop() {
    operator.close();
  }

  @Test
  void bringsAnAgentToItsEnd() {
    scene.awaitReason("Spawning");
    scene.play(1, "Running", "{running: {}}");
    scene.awaitReason("Active");
    scene.endsWell(1);
    scene.awaitReason("HandingOver");
    assertThat(scene.pod(1).getMetadata().getFinalizers()).containsExactly("qudag.dev/handover");

    scene.hubs.say(scene.acknowledged(1).build());

    scene.awaitReason("Terminated");
    assertThat(scene.pod(1).getMetadata().getFinalizers()).isEmpty();
    assertThat(scene.agent().getStatus().attempt()).isEqualTo(1);
    assertThat(scene.agent().getStatus().pod()).isNull();
  }

  @Test
  void answersARefusalWithFeedbackAndASecondAttempt() {
    scene.endsWell(1);
    scene.hubs.say(scene.acknowledged(1).addProposals(scene.refused("mp-1")).build());

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(scene.pod(2)).isNotNull());
    ConfigMap feedback = scene.client.configMaps().withName("writer-feedback-2").get();
    assertThat(feedback.getData().get("feedback.json"))
        .contains("ConflictUnresolved")
        .contains("a.txt");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(scene.agent().getStatus().revisionCount()).isEqualTo(1));
    assertThat(scene.agent().getStatus().attempt()).isEqualTo(2);
  }

  @Test
  void letsEverythingGoWithItsSwarm() {
    scene.play(1, "Running", "{running: {}}");
    scene.client.resources(Swarm.class).withName("demo").delete();

    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(scene.pod(1)).isNull());
    scene.awaitReason("SwarmMissing");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(scene.client.configMaps().withName("writer-task").get()).isNull());
  }

  @Test
  void leavesOnlyAfterTheHandover() {
    scene.play(1, "Running", "{running: {}}");
    scene.awaitReason("Active");
    scene.client.resource(scene.agent()).delete();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(scene.pod(1).getMetadata().getDeletionTimestamp()).isNotNull());
    assertThat(scene.agent()).isNotNull();

    scene.play(1, "Failed", "{terminated: {exitCode: 143, finishedAt: '2100-01-01T00:00:00Z'}}");
    scene.hubs.say(scene.acknowledged(1).build());

    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(scene.agent()).isNull());
  }
}
