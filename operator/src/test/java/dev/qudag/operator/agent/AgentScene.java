package dev.qudag.operator.agent;

import static dev.qudag.operator.TestingManifests.SETTINGS;
import static dev.qudag.operator.TestingManifests.SWARM;
import static dev.qudag.operator.TestingManifests.create;
import static dev.qudag.operator.TestingManifests.createNodeAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.AgentStatus;
import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Workspace;
import dev.qudag.operator.TestingConditions;
import dev.qudag.operator.TestingOperator;
import dev.qudag.operator.children.ChildApplier;
import dev.qudag.operator.crash.CrashInjector;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.status.EventRecorder;
import dev.qudag.operator.status.StatusWriter;
import dev.qudag.proto.HubState;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.ProposalState;
import dev.qudag.proto.WorkspaceState;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Duration;

/** An Agent {@code writer} on a real API server; a test plays kubelet and hub. */
final class AgentScene {
  private static final String AGENT =
      """
      apiVersion: qudag.dev/v1alpha1
      kind: Agent
      metadata: {name: writer}
      spec: {swarmRef: {name: demo}, image: localhost/agent:1, command: [agent], task: {title: Write}, proposeOn: %s}
      """;

  final KubernetesClient client;
  final TestingHubs hubs;

  AgentScene(KubernetesClient client) {
    this.client = client;
    createNodeAccount(client);
    create(client, SWARM);
    Swarm swarm = client.resources(Swarm.class).withName("demo").get();
    this.hubs = new TestingHubs(SwarmKey.of(swarm), ChainPolicy.of(swarm.getSpec().policy()));
  }

  TestingOperator run(CrashInjector crashes) {
    Clock clock = Clock.systemUTC();
    EventRecorder events = new EventRecorder(client, clock);
    return TestingOperator.run(
        client,
        new AgentReconciler(
            client,
            SETTINGS,
            hubs,
            new ChildApplier(client),
            new StatusWriter(client, events, clock),
            events,
            new Conditions(clock),
            clock,
            crashes));
  }

  /** Makes the agent, and waits for its first pod. */
  void begin(String proposeOn) {
    create(client, AGENT.formatted(proposeOn));
    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(pod(1)).isNotNull());
  }

  void endsWell(int attempt) {
    play(attempt, "Succeeded", "{terminated: {exitCode: 0, finishedAt: '2100-01-01T00:00:00Z'}}");
  }

  /** The hub closed a proposal of the agent's Workspace. */
  Proposal refused(String name) {
    return Proposal.newBuilder()
        .setName(name)
        .setWorkspaceUid(workspace().getMetadata().getUid())
        .setState(ProposalState.CLOSED)
        .setReason("ConflictUnresolved")
        .setMessage("a.txt")
        .build();
  }

  HubState.Builder acknowledged(int attempt) {
    return HubState.newBuilder()
        .addWorkspaces(
            WorkspaceState.newBuilder()
                .setUid(workspace().getMetadata().getUid())
                .setHandoverPodUid(pod(attempt).getMetadata().getUid()));
  }

  /** Sets a pod's status as kubelet would; sidecar and agent are in the same state. */
  void play(int attempt, String phase, String state) {
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

  void awaitReason(String reason) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        TestingConditions.condition(
                                agent(), AgentStatus::conditions, Condition.READY)
                            .reason())
                    .isEqualTo(reason));
  }

  Agent agent() {
    return client.resources(Agent.class).withName("writer").get();
  }

  Workspace workspace() {
    return client.resources(Workspace.class).withName("writer").get();
  }

  Pod pod(int attempt) {
    return client.pods().withName("writer-" + attempt).get();
  }
}
