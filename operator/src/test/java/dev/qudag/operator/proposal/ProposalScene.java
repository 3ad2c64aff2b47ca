package dev.qudag.operator.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.LocalRef;
import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.MergeProposalSpec;
import dev.qudag.api.v1alpha1.MergeProposalStatus;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.operator.TestingConditions;
import dev.qudag.operator.TestingOperator;
import dev.qudag.operator.crash.CrashInjector;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.pod.NodeSettings;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.status.EventRecorder;
import dev.qudag.operator.status.StatusWriter;
import dev.qudag.proto.ProposalState;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Swarm with one check on a real API server, and a hub in memory. There is no Job controller: a
 * test says how Jobs end.
 */
final class ProposalScene {
  private static final String SWARM =
      """
      apiVersion: qudag.dev/v1alpha1
      kind: Swarm
      metadata: {name: s}
      spec:
        validators: {replicas: 1}
        policy:
          checks: [{name: tests, image: "image:1", command: [sh], timeoutSeconds: 60, retries: 1}]
      """;

  final KubernetesClient client;
  final TestingJobs jobs;
  final TestingHub hub;

  ProposalScene(KubernetesClient client) {
    this.client = client;
    this.jobs = new TestingJobs(client);
    Swarm swarm = client.getKubernetesSerialization().unmarshal(SWARM, Swarm.class);
    swarm = client.resource(swarm).createOr(old -> old.update());
    this.hub = new TestingHub(SwarmKey.of(swarm), ChainPolicy.of(swarm.getSpec().policy()));
  }

  TestingOperator run(CrashInjector crashes) {
    var clock = Clock.systemUTC();
    var settings = new NodeSettings("localhost/qudag/node:dev", "aa", "bb", false);
    var writer = new StatusWriter(client, new EventRecorder(client, clock), clock);
    var operator =
        TestingOperator.run(
            client,
            new MergeProposalReconciler(
                client,
                settings,
                NodeIdentity.generate(),
                hub,
                writer,
                new Conditions(clock),
                clock,
                crashes,
                new SimpleMeterRegistry()));
    hub.connected();
    return operator;
  }

  /** Takes away what a test made. */
  void clear() {
    client.resources(MergeProposal.class).list().getItems().forEach(this::forget);
    client.batch().v1().jobs().delete();
    client.pods().delete();
    client.resourceQuotas().delete();
  }

  /** Whatever a last pass of the operator still writes. */
  private void forget(MergeProposal proposal) {
    client
        .resource(proposal)
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": null}}");
    client.resource(proposal).delete();
  }

  /** A person has so many share their checks; one tree is checked at a time. */
  void share(int batchSize) {
    client
        .resources(Swarm.class)
        .withName("s")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\": {\"policy\": {\"queue\": {\"maxWindow\": 1, \"batchSize\": %d}}}}"
                .formatted(batchSize));
  }

  /** A person annotates a proposal. */
  void annotate(String name, String annotation, String value) {
    annotate(client.resources(MergeProposal.class).withName(name), annotation, value);
  }

  /** A person annotates the Swarm; null takes the annotation away. */
  void annotateSwarm(String annotation, @Nullable String value) {
    annotate(client.resources(Swarm.class).withName("s"), annotation, value);
  }

  private static void annotate(
      Resource<? extends HasMetadata> object, String annotation, @Nullable String value) {
    String json = value == null ? "null" : "\"" + value + "\"";
    object.patch(
        PatchContext.of(PatchType.JSON_MERGE),
        "{\"metadata\": {\"annotations\": {\"%s\": %s}}}".formatted(annotation, json));
  }

  /** A person orders that a landed commit is undone. */
  void orderRevert(String name, String commit) {
    var proposal = new MergeProposal();
    proposal.setMetadata(new ObjectMetaBuilder().withName(name).build());
    proposal.setSpec(
        new MergeProposalSpec(
            new LocalRef("s"),
            new MergeProposalSpec.Source(null, null, new MergeProposalSpec.Revert(commit, "grace")),
            "main",
            "It broke the build",
            null,
            List.of()));
    client.resource(proposal).create();
  }

  void awaitThere(String name) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                proposal(name) != null && !proposal(name).getMetadata().getFinalizers().isEmpty());
  }

  Job jobOf(String name) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> findJob(name), Optional::isPresent)
        .orElseThrow();
  }

  /** The Job that takes another's place. */
  Job nextJobOf(String name, Job before) {
    String uid = before.getMetadata().getUid();
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> findJob(name).filter(job -> !job.getMetadata().getUid().equals(uid)),
            Optional::isPresent)
        .orElseThrow();
  }

  /** The Job of another tree than it was checked on before. */
  Job awaitOwnJobOf(String name, Job before) {
    String other = before.getMetadata().getName();
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> findJob(name).filter(job -> !job.getMetadata().getName().equals(other)),
            Optional::isPresent)
        .orElseThrow();
  }

  Optional<Job> findJob(String name) {
    return Optional.ofNullable(proposal(name))
        .map(MergeProposal::getStatus)
        .flatMap(status -> status.checks().stream().findFirst())
        .map(check -> client.batch().v1().jobs().withName(check.job()).get());
  }

  void pass(Job job) {
    String now = "2026-01-01T00:00:00Z";
    client
        .resource(job)
        .editStatus(
            j ->
                j.edit()
                    .withNewStatus()
                    .withStartTime(now)
                    .withCompletionTime(now)
                    .withSucceeded(1)
                    .withNewUncountedTerminatedPods()
                    .endUncountedTerminatedPods()
                    .addNewCondition()
                    .withType("SuccessCriteriaMet")
                    .withStatus("True")
                    .withLastTransitionTime(now)
                    .endCondition()
                    .addNewCondition()
                    .withType("Complete")
                    .withStatus("True")
                    .withLastTransitionTime(now)
                    .endCondition()
                    .endStatus()
                    .build());
  }

  void fail(Job job) {
    String now = Clock.systemUTC().instant().toString();
    client
        .resource(job)
        .editStatus(
            j ->
                j.edit()
                    .withNewStatus()
                    .withStartTime(now)
                    .addNewCondition()
                    .withType("FailureTarget")
                    .withStatus("True")
                    .withLastTransitionTime(now)
                    .endCondition()
                    .addNewCondition()
                    .withType("Failed")
                    .withStatus("True")
                    .withLastTransitionTime(now)
                    .endCondition()
                    .endStatus()
                    .build());
  }

  /** How the one check of a proposal stands. */
  MergeProposalStatus.Check check(String name) {
    return proposal(name).getStatus().checks().getFirst();
  }

  MergeProposal proposal(String name) {
    return client.resources(MergeProposal.class).withName(name).get();
  }

  void awaitState(String name, ProposalState state) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(hub.proposal(name).getState()).isEqualTo(state));
  }

  /** Waits until the object says that nothing more will happen. */
  void awaitEnd(String name) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(readiness(name).status()).isEqualTo(Condition.Status.True));
  }

  void awaitReason(String name, String reason) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(readiness(name).reason()).isEqualTo(reason));
  }

  private Condition readiness(String name) {
    return TestingConditions.condition(
        proposal(name), MergeProposalStatus::conditions, Condition.READY);
  }
}
