package dev.qudag.operator.validator;

import static dev.qudag.operator.TestingManifests.SETTINGS;
import static dev.qudag.operator.TestingManifests.SWARM;
import static dev.qudag.operator.TestingManifests.create;
import static dev.qudag.operator.TestingManifests.createNodeAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Validator;
import dev.qudag.api.v1alpha1.ValidatorStatus;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.e2e.cluster.ApiServer;
import dev.qudag.operator.TestingConditions;
import dev.qudag.operator.TestingOperator;
import dev.qudag.operator.children.ChildApplier;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.node.ChainClient;
import dev.qudag.operator.node.NodeJoiner;
import dev.qudag.operator.node.SetInForce;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.node.TestingLinks;
import dev.qudag.operator.pod.TestingPods;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.status.EventRecorder;
import dev.qudag.operator.status.StatusWriter;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A Validator on a real API server. There are no controllers: the test plays kubelet and garbage
 * collector. The node shows its keys, and nobody answers for its chain.
 */
@ApiServer
class ValidatorReconcilerIT {
  private static final String VALIDATOR =
      """
      apiVersion: qudag.dev/v1alpha1
      kind: Validator
      metadata: {name: %s}
      spec: {swarmRef: {name: demo}, index: 0}
      """;

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: demo-v0-0
        labels:
          app.kubernetes.io/managed-by: qudag-operator
          app.kubernetes.io/component: validator
          qudag.dev/swarm: demo
          qudag.dev/node: demo-v0
      spec:
        serviceAccountName: demo-node
        automountServiceAccountToken: false
        containers: [{name: node, image: localhost/node:1}]
      """;

  private TestingLinks links = TestingLinks.open();
  private KubernetesClient client;
  private TestingOperator operator;

  @BeforeEach
  void start(KubernetesClient given) {
    client = given;
    createNodeAccount(client);
    operator = run();
  }

  @AfterEach
  void stop() {
    operator.close();
    links.close();
  }

  @Test
  void makesItsNode() {
    createBoth();

    awaitChildren();
    awaitReason("Starting");
    assertThat(condition("Ready").message()).contains("demo-v0-0");
    assertThat(condition("KeyPinned").status()).isEqualTo(Condition.Status.Unknown);
    assertThat(condition("InSync").status()).isEqualTo(Condition.Status.Unknown);
    assertThat(validator().getStatus().observedGeneration()).isEqualTo(1);
  }

  @Test
  void aNewOperatorFindsNothingToWrite() {
    createBoth();
    awaitChildren();
    awaitReason("Starting");
    List<String> before = versions();

    operator.close();
    operator = run();
    operator.awaitPass("demo-v0");

    assertThat(versions()).isEqualTo(before);
  }

  @Test
  void bringsBackWhatWasDeletedByHand() {
    createBoth();
    awaitChildren();

    client.apps().statefulSets().withName("demo-v0").delete();
    client.services().withName("demo-v0").delete();

    awaitChildren();
  }

  @Test
  void joinsTheGenesisThatNamesIt() {
    createBoth();
    runPod();
    awaitReason("AwaitingGenesis");

    follow();

    awaitReason("Unreachable");
    assertThat(links.nodes().hasJoined("demo-v0")).isTrue();
    assertThat(condition("KeyPinned").reason()).isEqualTo("NamedByGenesis");
    assertThat(validator().getStatus().keyFingerprint()).isNotEmpty();
    assertThat(validator().getStatus().joinedEpoch()).isEqualTo(0);
  }

  @Test
  void saysThatItsVolumeWasReplaced() {
    createBoth();
    follow();
    links.nodes().loseVolume("demo-v0");
    runPod();

    awaitReason("KeyChanged");
    assertThat(condition("Stalled").message()).contains("demo-v0", "Restore the volume");
    assertThat(condition("KeyPinned").status()).isEqualTo(Condition.Status.False);
    assertThat(links.nodes().hasJoined("demo-v0")).isFalse();
  }

  @Test
  void saysThatTheGenesisDoesNotNameIt() {
    create(client, SWARM);
    create(client, VALIDATOR.formatted("demo-v7"));
    follow();
    client.resource(TestingPods.of(POD.replace("demo-v0", "demo-v7"))).create();

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(condition("demo-v7", "Ready").reason()).isEqualTo("NotInSet"));
    assertThat(condition("demo-v7", "Stalled").message()).contains("demo-v7");
  }

  /** An operator that has just started does not know the set, and brings nobody back for that. */
  @Test
  void stopsWhomEvidenceRemovedAndDoesNotForgetIt() {
    createBoth();
    awaitChildren();
    follow();
    SwarmKey swarm = SwarmKey.of(client.resources(Swarm.class).withName("demo").get());
    Genesis genesis = links.hubs().hub(swarm).orElseThrow().genesis();
    links.hubs().follow(swarm, genesis, afterTheRemovalOfTheFirst(genesis), () -> true);

    awaitReason("Slashed");
    await().atMost(Duration.ofSeconds(30)).until(() -> replicas() == 0);
    assertThat(validator().getStatus().joinedEpoch()).isEqualTo(0);
    operator.close();
    links.close();
    links = TestingLinks.open();
    operator = run();
    operator.awaitPass("demo-v0");
    assertThat(replicas()).isZero();
    assertThat(condition("Slashed").status()).isEqualTo(Condition.Status.True);
  }

  private SetInForce afterTheRemovalOfTheFirst(Genesis genesis) {
    NodeIdentity keys = links.nodes().identity("demo-v1");
    var other = new Member(1, "demo-v1", keys.verifyingKey(), keys.tlsFingerprint(), 1);
    return new SetInForce(
        genesis.set().change(List.of(0), List.of(other)),
        Map.of("demo-v0", 0L, "demo-v1", 1L),
        List.of(new SetInForce.Conviction(0, Digest.sha256(new byte[] {1}), 0)));
  }

  private int replicas() {
    return client.apps().statefulSets().withName("demo-v0").get().getSpec().getReplicas();
  }

  @Test
  void saysWhichSwarmIsMissing() {
    create(client, VALIDATOR.formatted("demo-v0"));

    awaitReason("SwarmMissing");
    assertThat(condition("Stalled").message()).contains("Swarm demo", "delete this Validator");
    assertThat(client.apps().statefulSets().list().getItems()).isEmpty();
  }

  @Test
  void leavesNothingThatTheGarbageCollectorWouldNotTake() {
    createBoth();
    awaitChildren();
    Validator validator = validator();
    assertThat(made()).allMatch(child -> Children.isControlledBy(child, validator));

    client.resource(validator).delete();
    create(client, VALIDATOR.formatted("demo-v1"));
    awaitNodeOfNext();
    made().forEach(child -> client.resource(child).delete());
    client.apps().statefulSets().withName("demo-v1").delete();
    awaitNodeOfNext();

    assertThat(made()).isEmpty();
  }

  /** By then the operator has seen what was done before. */
  private void awaitNodeOfNext() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> client.apps().statefulSets().withName("demo-v1").get() != null);
  }

  private TestingOperator run() {
    var clock = Clock.systemUTC();
    return TestingOperator.run(
        client,
        new ValidatorReconciler(
            new ChildApplier(client),
            new StatusWriter(client, new EventRecorder(client, clock), clock),
            new Conditions(clock),
            SETTINGS,
            new NodeJoiner(links.nodes()),
            new ChainClient(links.channels()),
            links.hubs()));
  }

  /** The Swarm's genesis is made, with the keys that the nodes have now. */
  private void follow() {
    links.follow(client.resources(Swarm.class).withName("demo").get());
  }

  private void createBoth() {
    create(client, SWARM);
    create(client, VALIDATOR.formatted("demo-v0"));
  }

  private void runPod() {
    client.resource(TestingPods.of(POD)).create();
    client
        .pods()
        .withName("demo-v0-0")
        .editStatus(pod -> pod.edit().withNewStatus().withPhase("Running").endStatus().build());
  }

  private void awaitChildren() {
    await().atMost(Duration.ofSeconds(30)).until(() -> made().size() == 2);
  }

  private void awaitReason(String reason) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(condition("Ready").reason()).isEqualTo(reason));
  }

  private Condition condition(String type) {
    return condition("demo-v0", type);
  }

  private Condition condition(String name, String type) {
    Validator validator = client.resources(Validator.class).withName(name).get();
    return TestingConditions.condition(validator, ValidatorStatus::conditions, type);
  }

  private Validator validator() {
    return client.resources(Validator.class).withName("demo-v0").get();
  }

  private List<String> versions() {
    return Stream.concat(Stream.of(validator()), made().stream())
        .map(object -> object.getKind() + " " + object.getMetadata().getResourceVersion())
        .toList();
  }

  private List<HasMetadata> made() {
    return Stream.of(
            client.services().withName("demo-v0").get(),
            client.apps().statefulSets().withName("demo-v0").get())
        .filter(child -> child != null)
        .map(HasMetadata.class::cast)
        .toList();
  }
}
