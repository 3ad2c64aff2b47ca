package dev.qudag.operator.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Validator;
import dev.qudag.consensus.certificate.Recovery;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.e2e.cluster.ApiServer;
import dev.qudag.operator.TestingOperator;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.node.TestingSeals;
import dev.qudag.operator.swarm.configmap.EpochMap;
import dev.qudag.operator.swarm.configmap.GenesisMap;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ApiServer
class SwarmReconcilerIT {
  private SwarmScene scene;
  private TestingOperator operator;

  @BeforeEach
  void start(KubernetesClient client) {
    scene = new SwarmScene(client);
    operator = scene.run();
  }

  @AfterEach
  void stop() {
    operator.close();
    scene.close();
  }

  @Test
  void makesWhatTheSpecAsksFor() {
    scene.seed();
    scene.create("demo");

    scene.awaitChildren();
    assertThat(scene.names("demo"))
        .containsOnly(
            "ServiceAccount/demo-node",
            "ServiceAccount/demo-check",
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
    scene.awaitReason("Starting");
    assertThat(scene.condition("Ready").message()).contains("demo-hub", "demo-v0", "demo-v3");
    assertThat(scene.condition("RepositoryReady").reason()).isEqualTo("Starting");
    assertThat(scene.condition("QuorumHealthy").reason()).isEqualTo("QuorumLost");
    assertThat(scene.condition("Reconciling").status()).isEqualTo(Condition.Status.True);
    assertThat(scene.status().observedGeneration()).isEqualTo(1);
    assertThat(scene.status().summary().validators()).isEqualTo("0/4");
  }

  @Test
  void aNewOperatorFindsNothingToWrite() {
    scene.seed();
    scene.create("demo");
    scene.awaitChildren();
    scene.awaitReason("Starting");
    Map<String, String> before = scene.versions("demo");

    operator.close();
    operator = scene.run();
    operator.awaitPass("demo");

    assertThat(scene.versions("demo")).isEqualTo(before);
  }

  @Test
  void bringsBackWhatWasDeletedByHand() {
    scene.seed();
    scene.create("demo");
    scene.awaitChildren();

    scene.client.apps().statefulSets().withName("demo-hub").delete();
    scene.client.resources(Validator.class).withName("demo-v2").delete();
    scene.client.network().v1().networkPolicies().withName("demo-agent").delete();

    scene.awaitChildren();
  }

  @Test
  void namesTheSeedThatIsNotThereAndGoesOnWhenItComes() {
    scene.create("demo");

    scene.awaitReason("SeedMissing");
    assertThat(scene.condition("Stalled").message())
        .contains("ConfigMap seed", "files.yaml", "repository.seedConfigMapRef");
    assertThat(scene.names("demo")).isEmpty();
    scene.seed();

    scene.awaitReason("Starting");
    scene.awaitChildren();
  }

  /** What an earlier Swarm of the same name left behind. */
  private void retainClaim() {
    scene
        .client
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
  }

  @Test
  void namesTheVolumeOfAnEarlierSwarm() {
    scene.seed();
    retainClaim();
    scene.create("demo");

    scene.awaitReason("RepositoryRetained");
    assertThat(scene.condition("Stalled").message())
        .contains("kubectl delete pvc -n " + scene.client.getNamespace() + " data-demo-hub-0");
    assertThat(scene.names("demo")).isEmpty();
  }

  /** Its validators are lost; a person hands in where its chain ended. */
  @Test
  void beginsAChainInThePlaceOfTheEarlierSwarms() {
    scene.seed();
    retainClaim();
    Genesis old =
        scene.nodes.genesis(
            new SwarmKey(scene.client.getNamespace(), "demo"), 4, new Policy(List.of(), List.of()));
    scene.nodes.join("demo-hub", old);
    Stream.of("demo-v0", "demo-v1", "demo-v2", "demo-v3").forEach(scene.nodes::loseVolume);
    handIn(new Recovery(old, Optional.empty(), List.of()));
    scene.create("demo");
    scene.awaitChildren();
    Stream.of("demo-hub", "demo-v0", "demo-v1", "demo-v2", "demo-v3").forEach(scene::runs);

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> scene.client.configMaps().withName("demo-genesis").get() != null);
    ConfigMap map = scene.client.configMaps().withName("demo-genesis").get();
    Genesis genesis = GenesisMap.read(map);
    assertThat(genesis.predecessor().orElseThrow().genesis()).isEqualTo(old.digest());
    assertThat(map.getData()).containsEntry("predecessor", old.digest().hex());
    await().atMost(Duration.ofSeconds(30)).until(() -> scene.nodes.hasJoined("demo-hub", genesis));
    scene.awaitReason("HubUnavailable");
    assertThat(scene.status().chain().genesisFingerprint()).isEqualTo(genesis.digest().hex());
  }

  private void handIn(Recovery recovery) {
    scene
        .client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("demo-recovery")
                .endMetadata()
                .withBinaryData(
                    Map.of("recovery", Base64.getEncoder().encodeToString(recovery.encode())))
                .build())
        .create();
  }

  @Test
  void makesOneGenesisHoweverManyOperatorsCome() {
    scene.seed();
    scene.create("demo");
    scene.awaitChildren();
    Stream.of("demo-hub", "demo-v0", "demo-v1", "demo-v2", "demo-v3").forEach(scene::runs);

    await().atMost(Duration.ofSeconds(30)).until(() -> scene.nodes.hasJoined("demo-hub"));
    scene.awaitReason("HubUnavailable");
    ConfigMap genesis = scene.client.configMaps().withName("demo-genesis").get();
    assertThat(genesis.getImmutable()).isTrue();
    assertThat(scene.status().chain().genesisFingerprint())
        .isEqualTo(GenesisMap.read(genesis).digest().hex());
    assertThat(scene.status().chain().quorum()).isEqualTo(3);
    operator.close();
    operator = scene.run();
    operator.awaitPass("demo");

    assertThat(scene.client.configMaps().withName("demo-genesis").get().getMetadata())
        .isEqualTo(genesis.getMetadata());
  }

  /** As the operator writes it down when the hub says so, which nobody plays here. */
  @Test
  void makesAnotherValidatorWhenTheSetHasLostOne() {
    scene.seed();
    scene.create("demo");
    scene.awaitChildren();
    Stream.of("demo-hub", "demo-v0", "demo-v1", "demo-v2", "demo-v3").forEach(scene::runs);
    await().atMost(Duration.ofSeconds(30)).until(() -> scene.nodes.hasJoined("demo-hub"));
    Genesis genesis = GenesisMap.read(scene.client.configMaps().withName("demo-genesis").get());
    SetDecision removal = TestingSeals.removal(genesis, genesis.set(), 3);
    Swarm swarm = scene.client.resources(Swarm.class).withName("demo").get();
    scene
        .client
        .resource(
            EpochMap.of(
                swarm,
                genesis.set().change(List.of(3), List.of()),
                TestingSeals.seal(scene.nodes, genesis.set(), removal)))
        .create();

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> scene.names("demo").contains("Validator/demo-v4"));
    scene.runs("demo-v4");
    await().atMost(Duration.ofSeconds(30)).until(() -> scene.nodes.hasJoined("demo-v4"));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(scene.condition("SetComplete").message())
                    .contains("Waiting for the hub", "demo-v4"));
    assertThat(scene.status().chain().epoch()).isEqualTo(1);
    assertThat(scene.names("demo")).contains("Validator/demo-v3");
    operator.close();
    operator = scene.run();
    operator.awaitPass("demo");
    assertThat(scene.names("demo")).doesNotContain("Validator/demo-v5");
  }

  /** By then the operator has seen what was done before. */
  private void awaitHubOfNext() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> scene.names("next").contains("StatefulSet/next-hub"));
  }

  @Test
  void leavesNothingThatTheGarbageCollectorWouldNotTake() {
    scene.seed();
    scene.create("demo");
    scene.awaitChildren();
    Swarm swarm = scene.client.resources(Swarm.class).withName("demo").get();
    assertThat(scene.made("demo")).allMatch(child -> Children.isControlledBy(child, swarm));

    scene.client.resource(swarm).delete();
    scene.create("next");
    awaitHubOfNext();
    scene.made("demo").forEach(child -> scene.client.resource(child).delete());
    scene.client.apps().statefulSets().withName("next-hub").delete();
    awaitHubOfNext();

    assertThat(scene.names("demo")).isEmpty();
  }
}
