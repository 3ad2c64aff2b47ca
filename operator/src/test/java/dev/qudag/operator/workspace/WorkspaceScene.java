package dev.qudag.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Workspace;
import dev.qudag.api.v1alpha1.WorkspaceStatus;
import dev.qudag.operator.TestingConditions;
import dev.qudag.operator.TestingManifests;
import dev.qudag.operator.TestingOperator;
import dev.qudag.operator.children.ChildApplier;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.node.TestingLinks;
import dev.qudag.operator.node.TestingNodes;
import dev.qudag.operator.pod.TestingPods;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.status.EventRecorder;
import dev.qudag.operator.status.StatusWriter;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * A Workspace {@code desk} on a real API server. There are no controllers: a test plays kubelet,
 * protection of volumes and garbage collector. The sidecar shows its keys, and nobody answers for
 * the hub.
 */
final class WorkspaceScene implements AutoCloseable {
  private static final String WORKSPACE =
      """
      apiVersion: qudag.dev/v1alpha1
      kind: Workspace
      metadata: {name: %s}
      spec: {swarmRef: {name: demo}, base: %s, retention: %s}
      """;

  private static final String AGENT =
      """
      apiVersion: qudag.dev/v1alpha1
      kind: Agent
      metadata: {name: writer}
      spec: {swarmRef: {name: demo}, image: "agent:1", command: [agent]}
      """;

  final KubernetesClient client;
  final TestingNodes nodes;
  private final TestingLinks links = TestingLinks.open();

  WorkspaceScene(KubernetesClient client) {
    this.client = client;
    this.nodes = links.nodes();
  }

  @Override
  public void close() {
    links.close();
  }

  void createSwarm() {
    TestingManifests.create(client, TestingManifests.SWARM);
  }

  void deleteSwarm() {
    client.resources(Swarm.class).withName("demo").delete();
  }

  void createWorkspace(String name, String base, String retention) {
    TestingManifests.create(client, WORKSPACE.formatted(name, base, retention));
  }

  TestingOperator run() {
    var clock = Clock.systemUTC();
    return TestingOperator.run(
        client,
        new WorkspaceReconciler(
            client,
            links.hubs(),
            nodes,
            new ChildApplier(client),
            new StatusWriter(client, new EventRecorder(client, clock), clock),
            new Conditions(clock)));
  }

  /** The Swarm has a genesis of its own. */
  void follow() {
    links.follow(client.resources(Swarm.class).withName("demo").get());
  }

  /**
   * An agent's pod, as operator and kubelet make it: its sidecar waits to be enrolled, or cloned.
   */
  void runSidecar(boolean cloned) {
    if (client.resources(Agent.class).withName("writer").get() == null) {
      TestingManifests.create(client, AGENT);
      TestingManifests.createNodeAccount(client);
    }
    Pod pod =
        TestingPods.of(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: writer-1
              labels:
                app.kubernetes.io/managed-by: qudag-operator
                app.kubernetes.io/component: agent
                qudag.dev/swarm: demo
                qudag.dev/workspace: desk
            spec:
              serviceAccountName: demo-node
              automountServiceAccountToken: false
              initContainers: [{name: workspace, image: "node:1", restartPolicy: Always}]
              containers: [{name: agent, image: "agent:1"}]
            """);
    pod.getMetadata()
        .setOwnerReferences(
            List.of(Children.controlledBy(client.resources(Agent.class).withName("writer").get())));
    client.resource(pod).create();
    PodStatus joining =
        Serialization.unmarshal(
            """
            phase: Pending
            podIP: 10.0.0.1
            podIPs: [{ip: 10.0.0.1}]
            initContainerStatuses:
            - {name: workspace, image: a, imageID: a, ready: false, started: %s, restartCount: 0, state: {running: {}}}
            """
                .formatted(cloned),
            PodStatus.class);
    client.pods().withName("writer-1").editStatus(made -> made.edit().withStatus(joining).build());
  }

  void unprotectVolume() {
    client
        .persistentVolumeClaims()
        .withName("desk-workspace")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": null}}");
  }

  void awaitVolume() {
    await().atMost(Duration.ofSeconds(30)).until(() -> volume() != null);
  }

  void awaitReason(String reason) {
    awaitReason("desk", reason);
  }

  void awaitCloned() {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(condition("Cloned").status()).isEqualTo(Condition.Status.True));
  }

  void awaitReason(String workspace, String reason) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(condition(workspace, "Ready").reason()).isEqualTo(reason));
  }

  Condition condition(String type) {
    return condition("desk", type);
  }

  Condition condition(String workspace, String type) {
    return TestingConditions.condition(
        client.resources(Workspace.class).withName(workspace).get(),
        WorkspaceStatus::conditions,
        type);
  }

  List<String> versions() {
    return List.of(
        workspace().getMetadata().getResourceVersion(),
        volume().getMetadata().getResourceVersion());
  }

  Workspace workspace() {
    return client.resources(Workspace.class).withName("desk").get();
  }

  PersistentVolumeClaim volume() {
    return volume("desk-workspace");
  }

  PersistentVolumeClaim volume(String name) {
    return client.persistentVolumeClaims().withName(name).get();
  }
}
