package dev.qudag.operator.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.SwarmStatus;
import dev.qudag.api.v1alpha1.Validator;
import dev.qudag.operator.TestingConditions;
import dev.qudag.operator.TestingManifests;
import dev.qudag.operator.TestingOperator;
import dev.qudag.operator.children.ChildApplier;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.node.NodeJoiner;
import dev.qudag.operator.node.TestingLinks;
import dev.qudag.operator.node.TestingNodes;
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
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Swarm {@code demo} on a real API server. There are no controllers: a test plays kubelet and
 * garbage collector. Its nodes show their keys and are never reached after that.
 */
final class SwarmScene implements AutoCloseable {
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

  final KubernetesClient client;
  final TestingNodes nodes;
  private final TestingLinks links = TestingLinks.open();

  SwarmScene(KubernetesClient client) {
    this.client = client;
    this.nodes = links.nodes();
  }

  @Override
  public void close() {
    links.close();
  }

  TestingOperator run() {
    var clock = Clock.systemUTC();
    return TestingOperator.run(
        client,
        new SwarmReconciler(
            client,
            new ChildApplier(client),
            new StatusWriter(client, new EventRecorder(client, clock), clock),
            new Conditions(clock),
            TestingManifests.SETTINGS,
            nodes.operator(),
            nodes,
            new NodeJoiner(nodes),
            links.hubs()));
  }

  void create(String name) {
    TestingManifests.create(client, SWARM.formatted(name));
  }

  void seed() {
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
  void runs(String node) {
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

  void awaitChildren() {
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

  void awaitReason(String reason) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(condition("Ready").reason()).isEqualTo(reason));
  }

  Condition condition(String type) {
    return TestingConditions.condition(swarm(), SwarmStatus::conditions, type);
  }

  SwarmStatus status() {
    return swarm().getStatus();
  }

  private Swarm swarm() {
    return client.resources(Swarm.class).withName("demo").get();
  }

  List<String> names(String swarm) {
    return made(swarm).stream().map(SwarmScene::name).toList();
  }

  /** The versions of the Swarm and of all that was made for it. */
  Map<String, String> versions(String swarm) {
    return Stream.concat(
            Stream.of(client.resources(Swarm.class).withName(swarm).get()), made(swarm).stream())
        .collect(
            Collectors.toMap(
                SwarmScene::name, object -> object.getMetadata().getResourceVersion()));
  }

  List<? extends HasMetadata> made(String swarm) {
    Function<Class<? extends HasMetadata>, Stream<? extends HasMetadata>> ofKind =
        kind -> client.resources(kind).withLabel(Children.SWARM, swarm).list().getItems().stream();
    return KINDS.stream().flatMap(ofKind).toList();
  }

  private static String name(HasMetadata object) {
    return object.getKind() + "/" + object.getMetadata().getName();
  }
}
