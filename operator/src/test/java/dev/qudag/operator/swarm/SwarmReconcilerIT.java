package dev.qudag.operator.swarm;

import static dev.qudag.operator.TestingManifests.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.SwarmStatus;
import dev.qudag.api.v1alpha1.Validator;
import dev.qudag.e2e.cluster.ApiServer;
import dev.qudag.operator.TestingConditions;
import dev.qudag.operator.TestingManifests;
import dev.qudag.operator.TestingOperator;
import dev.qudag.operator.children.ChildApplier;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.node.NodeJoiner;
import dev.qudag.operator.node.TestingLinks;
import dev.qudag.operator.pod.TestingPods;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.status.EventRecorder;
import dev.qudag.operator.status.StatusWriter;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A Swarm on a real API server. There are no controllers: the test plays kubelet and garbage
 * collector. Its nodes show their keys and are never reached after that.
 */
@ApiServer
class SwarmReconcilerIT {
  private static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          ServiceAccount.class,
          NetworkPolicy.class,
          Service.class,
          StatefulSet.class,
          PodDisruptionBudget.class,
          ConfigMap.class,
          Validator.class,
          Agent.class);

  private static final String SWARM =
      """
      apiVersion: qudag.dev/v1alpha1
      kind: Swarm
      metadata: {name: %s}
      spec:
        repository: {seedConfigMapRef: {name: seed}}
        validators: {replicas: 4}
        agentGroups:
        - name: g
          replicas: 1
          template: {image: "agent:1", command: [agent]}
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
  void makesWhatTheSpecAsksFor() {
    seed();
    create("demo");

    awaitChildren();
    assertThat(names("demo"))
        .containsOnly(
            "ServiceAccount/demo-node",
            "NetworkPolicy/demo-hub",
            "NetworkPolicy/demo-validator",
            "NetworkPolicy/demo-agent",
            "NetworkPolicy/demo-handover",
            "NetworkPolicy/demo-check",
            "Service/demo-hub",
            "StatefulSet/demo-hub",
            "PodDisruptionBudget/demo-validators",
            "Validator/demo-v0",
            "Validator/demo-v1",
            "Validator/demo-v2",
            "Validator/demo-v3",
            "Agent/demo-g-0");
    awaitReason("Starting");
    assertThat(condition("Ready").message()).contains("demo-hub", "demo-v0", "demo-v3");
    assertThat(condition("RepositoryReady").reason()).isEqualTo("Starting");
    assertThat(condition("QuorumHealthy").reason()).isEqualTo("QuorumLost");
    assertThat(condition("Reconciling").status()).isEqualTo(Condition.Status.True);
    assertThat(status().observedGeneration()).isEqualTo(1);
    assertThat(status().summary().validators()).isEqualTo("0/4");
  }

  @Test
  void aNewOperatorFindsNothingToWrite() {
    seed();
    create("demo");
    awaitChildren();
    awaitReason("Starting");
    Map<String, String> before = versions("demo");

    operator.close();
    operator = run();
    operator.awaitPass("demo");

    assertThat(versions("demo")).isEqualTo(before);
  }

  @Test
  void bringsBackWhatWasDeletedByHand() {
    seed();
    create("demo");
    awaitChildren();

    client.apps().statefulSets().withName("demo-hub").delete();
    client.resources(Validator.class).withName("demo-v2").delete();
    client.network().v1().networkPolicies().withName("demo-agent").delete();

    awaitChildren();
  }

  @Test
  void namesTheSeedThatIsNotThereAndGoesOnWhenItComes() {
    create("demo");

    awaitReason("SeedMissing");
    assertThat(condition("Stalled").message())
        .contains("ConfigMap seed", "files.yaml", "repository.seedConfigMapRef");
    assertThat(names("demo")).isEmpty();
    seed();

    awaitReason("Starting");
    awaitChildren();
  }

  @Test
  void namesTheVolumeOfAnEarlierSwarm() {
    seed();
    client
        .resource(
            Serialization.unmarshal(
                """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata:
                  name: data-demo-hub-0
                  labels:
                    app.kubernetes.io/managed-by: qudag-operator
                    app.kubernetes.io/component: hub
                    qudag.dev/swarm: demo
                  annotations: {qudag.dev/swarm-uid: earlier}
                spec:
                  accessModes: [ReadWriteOnce]
                  resources: {requests: {storage: 1Gi}}
                """,
                HasMetadata.class))
        .create();
    create("demo");

    awaitReason("RepositoryRetained");
    assertThat(condition("Stalled").message())
        .contains("kubectl delete pvc -n " + client.getNamespace() + " data-demo-hub-0");
    assertThat(names("demo")).isEmpty();
  }

  @Test
  void makesOneGenesisHoweverManyOperatorsCome() {
    seed();
    create("demo");
    awaitChildren();
    Stream.of("demo-hub", "demo-v0", "demo-v1", "demo-v2", "demo-v3").forEach(this::runs);

    await().atMost(Duration.ofSeconds(30)).until(() -> links.nodes().hasJoined("demo-hub"));
    awaitReason("HubUnavailable");
    ConfigMap genesis = client.configMaps().withName("demo-genesis").get();
    assertThat(genesis.getImmutable()).isTrue();
    assertThat(status().chain().genesisFingerprint())
        .isEqualTo(GenesisMap.read(genesis).digest().hex());
    assertThat(status().chain().quorum()).isEqualTo(3);
    operator.close();
    operator = run();
    operator.awaitPass("demo");

    assertThat(client.configMaps().withName("demo-genesis").get().getMetadata())
        .isEqualTo(genesis.getMetadata());
  }

  @Test
  void leavesNothingThatTheGarbageCollectorWouldNotTake() {
    seed();
    create("demo");
    awaitChildren();
    Swarm swarm = client.resources(Swarm.class).withName("demo").get();
    assertThat(made("demo")).allMatch(child -> Children.isControlledBy(child, swarm));

    client.resource(swarm).delete();
    made("demo").forEach(child -> client.resource(child).delete());
    create("next");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> names("next").contains("StatefulSet/next-hub"));

    assertThat(names("demo")).isEmpty();
  }

  private TestingOperator run() {
    var clock = Clock.systemUTC();
    return TestingOperator.run(
        client,
        new SwarmReconciler(
            client,
            new ChildApplier(client),
            new StatusWriter(client, new EventRecorder(client, clock), clock),
            new Conditions(clock),
            SETTINGS,
            links.nodes().operator(),
            links.nodes(),
            new NodeJoiner(links.nodes()),
            links.hubs()));
  }

  private void create(String name) {
    TestingManifests.create(client, SWARM.formatted(name));
  }

  private void seed() {
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("seed")
                .endMetadata()
                .withData(Map.of("files.yaml", "README.md: hello"))
                .build())
        .create();
  }

  /** A pod of a node, as StatefulSet controller and kubelet would make it. */
  private void runs(String node) {
    Pod pod =
        TestingPods.of(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: %1$s-0
              labels:
                app.kubernetes.io/managed-by: qudag-operator
                app.kubernetes.io/component: hub
                qudag.dev/swarm: demo
                qudag.dev/node: %1$s
            spec:
              serviceAccountName: demo-node
              automountServiceAccountToken: false
              containers: [{name: node, image: localhost/node:1}]
            """
                .formatted(node));
    client.resource(pod).create();
    client
        .pods()
        .withName(node + "-0")
        .editStatus(made -> made.edit().withNewStatus().withPhase("Running").endStatus().build());
  }

  private void awaitChildren() {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(names("demo"))
                    .contains(
                        "StatefulSet/demo-hub",
                        "NetworkPolicy/demo-agent",
                        "Validator/demo-v2",
                        "Agent/demo-g-0"));
  }

  private void awaitReason(String reason) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(condition("Ready").reason()).isEqualTo(reason));
  }

  private Condition condition(String type) {
    return TestingConditions.condition(swarm(), SwarmStatus::conditions, type);
  }

  private SwarmStatus status() {
    return swarm().getStatus();
  }

  private Swarm swarm() {
    return client.resources(Swarm.class).withName("demo").get();
  }

  private List<String> names(String swarm) {
    return made(swarm).stream().map(SwarmReconcilerIT::name).toList();
  }

  /** The versions of the Swarm and of all that was made for it. */
  private Map<String, String> versions(String swarm) {
    return Stream.concat(
            Stream.of(client.resources(Swarm.class).withName(swarm).get()), made(swarm).stream())
        .collect(
            Collectors.toMap(
                SwarmReconcilerIT::name, object -> object.getMetadata().getResourceVersion()));
  }

  private List<? extends HasMetadata> made(String swarm) {
    Function<Class<? extends HasMetadata>, Stream<? extends HasMetadata>> ofKind =
        kind -> client.resources(kind).withLabel(Children.SWARM, swarm).list().getItems().stream();
    return KINDS.stream().flatMap(ofKind).toList();
  }

  private static String name(HasMetadata object) {
    return object.getKind() + "/" + object.getMetadata().getName();
  }
}
