package dev.qudag.operator.workspace;

import static dev.qudag.operator.TestingManifests.SWARM;
import static dev.qudag.operator.TestingManifests.create;
import static dev.qudag.operator.TestingManifests.createNodeAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Workspace;
import dev.qudag.api.v1alpha1.WorkspaceStatus;
import dev.qudag.e2e.cluster.ApiServer;
import dev.qudag.operator.TestingConditions;
import dev.qudag.operator.TestingOperator;
import dev.qudag.operator.children.ChildApplier;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.node.TestingLinks;
import dev.qudag.operator.pod.TestingPods;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.status.EventRecorder;
import dev.qudag.operator.status.StatusWriter;
import io.fabric8.kubernetes.api.model.Event;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A Workspace on a real API server. There are no controllers: the test plays kubelet, protection of
 * volumes and garbage collector. The sidecar shows its keys, and nobody answers for the hub.
 */
@ApiServer
class WorkspaceReconcilerIT {
  private static final String WORKSPACE =
      """
      apiVersion: qudag.dev/v1alpha1
      kind: Workspace
      metadata: {name: desk}
      spec: {swarmRef: {name: demo}, base: %s, retention: %s}
      """;

  private static final String AGENT =
      """
      apiVersion: qudag.dev/v1alpha1
      kind: Agent
      metadata: {name: writer}
      spec: {swarmRef: {name: demo}, image: "agent:1", command: [agent]}
      """;

  private final TestingLinks links = TestingLinks.open();
  private KubernetesClient client;
  private TestingOperator operator;

  @BeforeEach
  void start(KubernetesClient given) {
    client = given;
    operator = run();
  }

  @AfterEach
  void stop() {
    operator.close();
    links.close();
  }

  @Test
  void makesItsVolume() {
    create(client, SWARM);
    create(client, WORKSPACE.formatted("main", "Delete"));

    awaitVolume();
    awaitReason("Unbound");
    assertThat(condition("Ready").status()).isEqualTo(Condition.Status.True);
    assertThat(condition("Cloned").reason()).isEqualTo("NotCloned");
    assertThat(condition("Bound").status()).isEqualTo(Condition.Status.False);
    assertThat(volume().getSpec().getResources().getRequests().get("storage").toString())
        .isEqualTo("1Gi");
    assertThat(Children.isControlledBy(volume(), workspace())).isTrue();
  }

  @Test
  void aNewOperatorFindsNothingToWrite() {
    create(client, SWARM);
    create(client, WORKSPACE.formatted("main", "Delete"));
    awaitVolume();
    awaitReason("Unbound");
    List<String> before = versions();

    operator.close();
    operator = run();
    operator.awaitPass("desk");

    assertThat(versions()).isEqualTo(before);
  }

  @Test
  void bringsBackAVolumeThatWasDeletedByHand() {
    create(client, SWARM);
    create(client, WORKSPACE.formatted("main", "Delete"));
    awaitVolume();
    String uid = volume().getMetadata().getUid();

    client.persistentVolumeClaims().withName("desk-workspace").delete();
    unprotectVolume();

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> volume() != null && !volume().getMetadata().getUid().equals(uid));
  }

  @Test
  void saysWhichSwarmIsMissing() {
    create(client, WORKSPACE.formatted("main", "Delete"));

    awaitReason("SwarmMissing");
    assertThat(condition("Stalled").message()).contains("Swarm demo", "create it");
    assertThat(volume()).isNull();
  }

  @Test
  void saysThatItsSwarmHasAnotherBranch() {
    create(client, SWARM);
    create(client, WORKSPACE.formatted("trunk", "Delete"));

    awaitReason("UnknownBranch");
    assertThat(condition("Stalled").message()).contains("trunk", "base main");
  }

  @Test
  void leavesAVolumeAloneThatWasMadeForAnother() {
    var taken =
        client
            .resource(
                Serialization.unmarshal(
                    """
                    apiVersion: v1
                    kind: PersistentVolumeClaim
                    metadata: {name: desk-workspace}
                    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 2Gi}}}
                    """,
                    PersistentVolumeClaim.class))
            .create();
    create(client, SWARM);
    create(client, WORKSPACE.formatted("main", "Delete"));

    awaitReason("VolumeTaken");
    assertThat(condition("Stalled").message())
        .contains("PersistentVolumeClaim desk-workspace", "delete it");
    assertThat(volume()).isEqualTo(taken);
  }

  @Test
  void aVolumeGoesWithTheSwarmUnlessItIsRetained() {
    create(client, SWARM);
    create(client, WORKSPACE.formatted("main", "Delete"));
    create(client, WORKSPACE.formatted("main", "Retain").replace("desk", "kept"));
    awaitVolume();
    await().until(() -> volume("kept-workspace") != null);
    assertThat(volume("kept-workspace").getMetadata().getOwnerReferences()).isEmpty();

    client.resources(Swarm.class).withName("demo").delete();

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> volume().getMetadata().getDeletionTimestamp() != null);
    awaitReason("SwarmMissing");
    awaitReason("kept", "SwarmMissing");
    assertThat(volume("kept-workspace").getMetadata().getDeletionTimestamp()).isNull();
  }

  @Test
  void letsItsSidecarJoin() {
    create(client, SWARM);
    create(client, WORKSPACE.formatted("main", "Delete"));
    follow();

    runSidecar(false);

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> links.nodes().hasJoined(workspace().getMetadata().getUid()));
    awaitReason("Cloning");
    assertThat(condition("Bound").message()).contains("writer");
  }

  @Test
  void saysThatItsVolumeBelongsToTheChainOfAnEarlierSwarm() {
    create(client, SWARM);
    create(client, WORKSPACE.formatted("main", "Retain"));
    follow();
    runSidecar(false);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> links.nodes().hasJoined(workspace().getMetadata().getUid()));
    client.pods().withName("writer-1").withGracePeriod(0).delete();
    client.resources(Swarm.class).withName("demo").delete();
    awaitReason("SwarmMissing");

    create(client, SWARM);
    follow();
    runSidecar(false);

    awaitReason("JoinedOtherChain");
    assertThat(condition("Stalled").message())
        .contains("earlier Swarm", "kubectl delete pvc", "desk-workspace", "writer-1");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(client.v1().events().list().getItems())
                    .filteredOn(event -> event.getReason().equals("JoinedOtherChain"))
                    .extracting(Event::getType)
                    .containsExactly("Warning"));
  }

  @Test
  void saysSoWithoutAPodOnceTheVolumeHoldsAWorkingCopy() {
    outliveTheSwarm();

    awaitReason("JoinedOtherChain");
    assertThat(condition("Stalled").message())
        .contains("kubectl delete pvc", "desk-workspace")
        .doesNotContain("delete pod");
    client.persistentVolumeClaims().withName("desk-workspace").delete();
    unprotectVolume();

    awaitReason("Unbound");
    awaitVolume();
  }

  /** An agent clones, its pod goes, and its Swarm goes and comes again. */
  private void outliveTheSwarm() {
    create(SWARM);
    create(WORKSPACE.formatted("main", "Retain"));
    awaitVolume();
    follow();
    runSidecar(true);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(condition("Cloned").reason()).isEqualTo("Cloned"));
    client.pods().withName("writer-1").withGracePeriod(0).delete();
    client.resources(Swarm.class).withName("demo").delete();
    awaitReason("SwarmMissing");
    create(SWARM);
  }

  private TestingOperator run() {
    var clock = Clock.systemUTC();
    return TestingOperator.run(
        client,
        new WorkspaceReconciler(
            client,
            links.hubs(),
            links.nodes(),
            new ChildApplier(client),
            new StatusWriter(client, new EventRecorder(client, clock), clock),
            new Conditions(clock)));
  }

  /** The Swarm has a genesis of its own. */
  private void follow() {
    links.follow(client.resources(Swarm.class).withName("demo").get());
  }

  /**
   * An agent's pod, as operator and kubelet make it: its sidecar waits to be enrolled, or cloned.
   */
  private void runSidecar(boolean cloned) {
    if (client.resources(Agent.class).withName("writer").get() == null) {
      create(client, AGENT);
      createNodeAccount(client);
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

  private void unprotectVolume() {
    client
        .persistentVolumeClaims()
        .withName("desk-workspace")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": null}}");
  }

  private void awaitVolume() {
    await().atMost(Duration.ofSeconds(30)).until(() -> volume() != null);
  }

  private void awaitReason(String reason) {
    awaitReason("desk", reason);
  }

  private void awaitReason(String workspace, String reason) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(condition(workspace, "Ready").reason()).isEqualTo(reason));
  }

  private Condition condition(String type) {
    return condition("desk", type);
  }

  private Condition condition(String workspace, String type) {
    return TestingConditions.condition(
        client.resources(Workspace.class).withName(workspace).get(),
        WorkspaceStatus::conditions,
        type);
  }

  private List<String> versions() {
    return List.of(
        workspace().getMetadata().getResourceVersion(),
        volume().getMetadata().getResourceVersion());
  }

  private Workspace workspace() {
    return client.resources(Workspace.class).withName("desk").get();
  }

  private PersistentVolumeClaim volume() {
    return volume("desk-workspace");
  }

  private PersistentVolumeClaim volume(String name) {
    return client.persistentVolumeClaims().withName(name).get();
  }
}
