package dev.qudag.operator.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Workspace;
import dev.qudag.e2e.cluster.ApiServer;
import dev.qudag.operator.children.ChildApplier;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.pod.NodeSettings;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.status.EventRecorder;
import dev.qudag.operator.status.StatusWriter;
import dev.qudag.proto.HubState;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.ProposalState;
import dev.qudag.proto.WorkspaceState;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.Operator;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An Agent on a real API server; the test plays kubelet and hub. */
@ApiServer
class AgentReconcilerIT {
  private static final String SWARM =
      """
      apiVersion: qudag.dev/v1alpha1
      kind: Swarm
      metadata: {name: demo}
      spec: {validators: {replicas: 1}}
      """;
  private static final String AGENT =
      """
      apiVersion: qudag.dev/v1alpha1
      kind: Agent
      metadata: {name: writer}
      spec: {swarmRef: {name: demo}, image: localhost/agent:1, command: [agent], task: {title: Write}}
      """;

  private KubernetesClient client;
  private TestingHubs hubs;
  private Operator operator;

  @BeforeEach
  void start(KubernetesClient given) {
    client = given;
    hubs = new TestingHubs(new SwarmKey(client.getNamespace(), "demo"));
    Clock clock = Clock.systemUTC();
    EventRecorder events = new EventRecorder(client, clock);
    operator =
        new Operator(
            overrider -> overrider.withKubernetesClient(client).withCloseClientOnStop(false));
    operator.register(
        new AgentReconciler(
            client,
            new NodeSettings("localhost/node:1", "ab".repeat(32), "cd".repeat(32), false),
            hubs,
            new ChildApplier(client),
            new StatusWriter(client, events, clock),
            events,
            new Conditions(clock),
            clock),
        config -> config.settingNamespace(client.getNamespace()));
    operator.start();
    client
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName("demo-node")
                .endMetadata()
                .build())
        .create();
    create(SWARM);
    create(AGENT);
    await().untilAsserted(() -> assertThat(pod(1)).isNotNull());
  }

  /** As a person does: what the manifest leaves out, the server fills in. */
  private void create(String manifest) {
    client.resource(Serialization.unmarshal(manifest, GenericKubernetesResource.class)).create();
  }

  @AfterEach
  void stop() {
    operator.stop();
  }

  @Test
  void bringsAnAgentToItsEnd() {
    awaitReason("Spawning");
    play(1, "Running", "{running: {}}");
    awaitReason("Active");
    play(1, "Succeeded", "{terminated: {exitCode: 0, finishedAt: '2100-01-01T00:00:00Z'}}");
    awaitReason("HandingOver");
    assertThat(pod(1).getMetadata().getFinalizers()).containsExactly("qudag.dev/handover");

    hubs.say(acknowledged(1).build());

    awaitReason("Terminated");
    assertThat(pod(1).getMetadata().getFinalizers()).isEmpty();
    assertThat(agent().getStatus().attempt()).isEqualTo(1);
    assertThat(agent().getStatus().pod()).isNull();
  }

  @Test
  void answersARefusalWithFeedbackAndASecondAttempt() {
    play(1, "Succeeded", "{terminated: {exitCode: 0, finishedAt: '2100-01-01T00:00:00Z'}}");
    hubs.say(
        acknowledged(1)
            .addProposals(
                Proposal.newBuilder()
                    .setName("mp-1")
                    .setWorkspaceUid(workspace().getMetadata().getUid())
                    .setState(ProposalState.CLOSED)
                    .setReason("ConflictUnresolved")
                    .setMessage("a.txt"))
            .build());

    await().untilAsserted(() -> assertThat(pod(2)).isNotNull());
    ConfigMap feedback = client.configMaps().withName("writer-feedback-2").get();
    assertThat(feedback.getData().get("feedback.json"))
        .contains("ConflictUnresolved")
        .contains("a.txt");
    await().untilAsserted(() -> assertThat(agent().getStatus().revisionCount()).isEqualTo(1));
    assertThat(agent().getStatus().attempt()).isEqualTo(2);
  }

  @Test
  void letsEverythingGoWithItsSwarm() {
    play(1, "Running", "{running: {}}");
    client.resources(Swarm.class).withName("demo").delete();

    await().untilAsserted(() -> assertThat(pod(1)).isNull());
    awaitReason("SwarmMissing");
    await()
        .untilAsserted(
            () -> assertThat(client.configMaps().withName("writer-task").get()).isNull());
  }

  @Test
  void leavesOnlyAfterTheHandover() {
    play(1, "Running", "{running: {}}");
    awaitReason("Active");
    client.resource(agent()).delete();
    await()
        .untilAsserted(() -> assertThat(pod(1).getMetadata().getDeletionTimestamp()).isNotNull());
    assertThat(agent()).isNotNull();

    play(1, "Failed", "{terminated: {exitCode: 143, finishedAt: '2100-01-01T00:00:00Z'}}");
    hubs.say(acknowledged(1).build());

    await().untilAsserted(() -> assertThat(agent()).isNull());
  }

  private HubState.Builder acknowledged(int attempt) {
    return HubState.newBuilder()
        .addWorkspaces(
            WorkspaceState.newBuilder()
                .setUid(workspace().getMetadata().getUid())
                .setHandoverPodUid(pod(attempt).getMetadata().getUid()));
  }

  /** Sets a pod's status as kubelet would; sidecar and agent are in the same state. */
  private void play(int attempt, String phase, String state) {
    PodStatus status =
        Serialization.unmarshal(
            """
            phase: %1$s
            initContainerStatuses:
            - {name: workspace, image: a, imageID: a, ready: true, restartCount: 0, state: %2$s}
            - {name: install, image: a, imageID: a, ready: true, restartCount: 0, state: {terminated: {exitCode: 0, finishedAt: '2026-01-01T12:00:00Z'}}}
            containerStatuses: [{name: agent, image: a, imageID: a, ready: true, restartCount: 0, state: %2$s}]
            """
                .formatted(phase, state),
            PodStatus.class);
    client
        .pods()
        .withName("writer-" + attempt)
        .editStatus(
            pod -> {
              pod.setStatus(status);
              return pod;
            });
  }

  private void awaitReason(String reason) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(agent().getStatus().conditions())
                    .filteredOn(condition -> condition.type().equals(Condition.READY))
                    .extracting(Condition::reason)
                    .containsExactly(reason));
  }

  private Agent agent() {
    return client.resources(Agent.class).withName("writer").get();
  }

  private Workspace workspace() {
    return client.resources(Workspace.class).withName("writer").get();
  }

  private Pod pod(int attempt) {
    return client.pods().withName("writer-" + attempt).get();
  }
}
