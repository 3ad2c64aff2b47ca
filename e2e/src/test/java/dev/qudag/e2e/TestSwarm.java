package dev.qudag.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Validator;
import dev.qudag.api.v1alpha1.Workspace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * A Swarm named {@code t} and its agents, as a person works with them: manifests in, status out.
 */
final class TestSwarm {
  static final String NAME = "t";
  static final String HUB_POD = NAME + "-hub-0";
  static final String REPOSITORY = "/var/lib/qudag/repository.git";
  private static final Duration LONG = Duration.ofSeconds(150);
  private static final Duration UNTIL_READY = Duration.ofMinutes(4);

  private final KubernetesClient client;
  private final String namespace;

  TestSwarm(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  void apply(SwarmManifest manifest) {
    apply(manifest.yaml());
  }

  void apply(String yaml) {
    client
        .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .inNamespace(namespace)
        .serverSideApply();
  }

  void awaitReady() {
    awaitThat(UNTIL_READY, "the Swarm is Ready", () -> isTrue(swarm(), Condition.READY));
  }

  /** All that an operator must take leave of; after that it may be uninstalled. */
  void delete() {
    var agents = client.resources(Agent.class).inNamespace(namespace);
    var proposals = client.resources(MergeProposal.class).inNamespace(namespace);
    agents.delete();
    client.resources(Swarm.class).inNamespace(namespace).delete();
    proposals.delete();
    awaitThat(
        "the Swarm, its agents and its proposals are gone",
        () ->
            swarm() == null
                && agents.list().getItems().isEmpty()
                && proposals.list().getItems().isEmpty());
  }

  Swarm swarm() {
    return client.resources(Swarm.class).inNamespace(namespace).withName(NAME).get();
  }

  /** Applies an agent of the base image that runs a shell script in its workspace. */
  void agent(String name, String script) {
    agent(name, script, "");
  }

  /** The same, with further lines of the Agent's spec, indented by two. */
  void agent(String name, String script, String spec) {
    apply(
        """
        apiVersion: qudag.dev/v1alpha1
        kind: Agent
        metadata: {name: %s}
        spec:
          swarmRef: {name: %s}
          image: localhost/qudag/base:dev
          resources: {requests: {cpu: 10m, memory: 32Mi}, limits: {memory: 256Mi}}
          command: [sh, -ec]
          args:
            - |
        %s
        %s
        """
            .formatted(name, NAME, script.indent(8), spec));
  }

  Validator validator(int index) {
    return client
        .resources(Validator.class)
        .inNamespace(namespace)
        .withName(NAME + "-v" + index)
        .get();
  }

  /** Has an agent of this name land one file that is named after it. */
  void land(String title) {
    agent(title, AgentScripts.pushesUntilItIsTaken(title));
    awaitProposal(title, "Merged");
  }

  Agent agentNamed(String name) {
    return client.resources(Agent.class).inNamespace(namespace).withName(name).get();
  }

  Workspace workspaceOf(String agent) {
    return client.resources(Workspace.class).inNamespace(namespace).withName(agent).get();
  }

  List<MergeProposal> proposals() {
    return client.resources(MergeProposal.class).inNamespace(namespace).list().getItems();
  }

  List<MergeProposal> proposalsOf(String agent) {
    return proposals().stream()
        .filter(proposal -> agent.equals(proposal.getSpec().source().workspace()))
        .toList();
  }

  /** Waits until the agent's one proposal has ended with a reason, and gives it. */
  MergeProposal awaitProposal(String agent, String reason) {
    awaitThat(
        "the proposal of " + agent + " is " + reason,
        () ->
            proposalsOf(agent).stream().anyMatch(proposal -> reason.equals(readyReason(proposal))));
    return proposalsOf(agent).stream()
        .filter(proposal -> reason.equals(readyReason(proposal)))
        .findFirst()
        .orElseThrow();
  }

  void awaitAgent(String name, String reason) {
    awaitThat(
        "the agent " + name + " is " + reason,
        () -> agentNamed(name) != null && reason.equals(readyReason(agentNamed(name))));
  }

  /** Waits until the Swarm asks an administrator to sign something of this kind. */
  void awaitPendingChange(String kind) {
    awaitThat(
        "an administrator is asked to sign a " + kind,
        () ->
            swarm().getStatus() != null
                && swarm().getStatus().pendingChange() != null
                && kind.equals(swarm().getStatus().pendingChange().kind()));
  }

  void awaitThat(String text, BooleanSupplier condition) {
    awaitThat(LONG, text, condition);
  }

  void awaitThat(Duration limit, String text, BooleanSupplier condition) {
    await(text).atMost(limit).pollInterval(Duration.ofMillis(250)).until(condition::getAsBoolean);
  }

  /** The subjects of the branch's first-parent history that end with a title. */
  long timesLanded(String title) {
    return hubGit("log", "--first-parent", "--format=%s", "main")
        .lines()
        .filter(subject -> subject.endsWith(title))
        .count();
  }

  String hubGit(String... arguments) {
    String[] command = new String[arguments.length + 3];
    command[0] = "git";
    command[1] = "-C";
    command[2] = REPOSITORY;
    System.arraycopy(arguments, 0, command, 3, arguments.length);
    return exec(HUB_POD, "hub", command);
  }

  /**
   * What the program that anybody can run says of what landed, from the fingerprint of genesis
   * alone; that it is not proven fails the test.
   */
  String verify(MergeProposal landed) {
    return exec(
        HUB_POD,
        "hub",
        "/opt/qudag/bin/qudag-node",
        "verify",
        "/var/lib/qudag/certificates/" + landed.getStatus().certificate() + ".json",
        "--genesis-file",
        "/var/lib/qudag/genesis",
        "--genesis",
        swarm().getStatus().chain().genesisFingerprint(),
        "--commit",
        landed.getStatus().mergedCommit());
  }

  /** Arms a crash point: the process halts when it next reaches it, once. */
  void crashAt(String pod, String container, String point) {
    exec(pod, container, "sh", "-c", "printf %s " + point + " > /var/lib/qudag/crash-at");
  }

  /** Takes the pod away without grace, as the loss of its node would; another is made. */
  void kill(String pod) {
    client.pods().inNamespace(namespace).withName(pod).withGracePeriod(0).delete();
  }

  /** Kills a container's process where it stands; the kubelet starts another on its volume. */
  void sigkill(String pod, String container) {
    Containers.sigkill(pod(pod), container);
  }

  /** How often the containers of a pod were started again. */
  int restarts(String pod) {
    return Containers.restarts(pod(pod));
  }

  /** Whether the pod is there, and the kubelet finds all of its containers well. */
  boolean isReady(String pod) {
    return Optional.ofNullable(pod(pod)).filter(Readiness::isPodReady).isPresent();
  }

  private Pod pod(String name) {
    return client.pods().inNamespace(namespace).withName(name).get();
  }

  /** Runs a command in a container; an exit code other than 0 fails the test. */
  String exec(String pod, String container, String... command) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    try (ExecWatch watch =
        client
            .pods()
            .inNamespace(namespace)
            .withName(pod)
            .inContainer(container)
            .writingOutput(out)
            .writingError(err)
            .exec(command)) {
      Integer code = watch.exitCode().get(60, TimeUnit.SECONDS);
      assertThat(code)
          .as("%s in %s: %s", Arrays.toString(command), pod, err.toString(StandardCharsets.UTF_8))
          .isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("exec in " + pod + " failed", e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  static String readyReason(HasMetadata object) {
    return ready(object).map(Condition::reason).orElse("");
  }

  static String readyMessage(HasMetadata object) {
    return ready(object).map(Condition::message).orElse("");
  }

  static boolean isTrue(HasMetadata object, String type) {
    return conditions(object).stream()
        .anyMatch(c -> c.type().equals(type) && c.status() == Condition.Status.True);
  }

  private static Optional<Condition> ready(HasMetadata object) {
    return conditions(object).stream().filter(c -> c.type().equals(Condition.READY)).findFirst();
  }

  private static List<Condition> conditions(HasMetadata object) {
    return switch (object) {
      case Swarm swarm when swarm.getStatus() != null -> swarm.getStatus().conditions();
      case Agent agent when agent.getStatus() != null -> agent.getStatus().conditions();
      case Workspace workspace when workspace.getStatus() != null ->
          workspace.getStatus().conditions();
      case MergeProposal proposal when proposal.getStatus() != null ->
          proposal.getStatus().conditions();
      case Validator validator when validator.getStatus() != null ->
          validator.getStatus().conditions();
      case null, default -> List.of();
    };
  }
}
