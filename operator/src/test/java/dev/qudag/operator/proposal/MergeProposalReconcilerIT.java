package dev.qudag.operator.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.e2e.cluster.ApiServer;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.pod.NodeSettings;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.status.EventRecorder;
import dev.qudag.operator.status.StatusWriter;
import dev.qudag.proto.ProposalState;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.Operator;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The reconciler against a real API server and a hub in memory. There is no Job controller: the
 * test says how Jobs end.
 */
@ApiServer
class MergeProposalReconcilerIT {
  private static final String A = "mp-aaaaaaaaaaaaaaaaaaaa";
  private static final String B = "mp-bbbbbbbbbbbbbbbbbbbb";

  private KubernetesClient client;
  private TestingHub hub;
  private Operator operator;

  @BeforeEach
  void start(KubernetesClient given) {
    client = given;
    Swarm swarm =
        client
            .getKubernetesSerialization()
            .unmarshal(
                """
                apiVersion: qudag.dev/v1alpha1
                kind: Swarm
                metadata: {name: s}
                spec:
                  validators: {replicas: 1}
                  policy:
                    checks: [{name: tests, image: "image:1", command: [sh], timeoutSeconds: 60}]
                """,
                Swarm.class);
    swarm = client.resource(swarm).createOr(old -> old.update());
    hub = new TestingHub(SwarmKey.of(swarm), ChainPolicy.of(swarm.getSpec().policy()));
    operator = run();
  }

  @AfterEach
  void stop() {
    operator.stop();
    client.resources(MergeProposal.class).list().getItems().forEach(this::forget);
    client.batch().v1().jobs().delete();
  }

  /** Whatever a last pass of the operator still writes. */
  private void forget(MergeProposal proposal) {
    client
        .resource(proposal)
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": null}}");
    client.resource(proposal).delete();
  }

  @Test
  void announcedProposalsAreCheckedTogetherAndLandInTurn() {
    hub.accept(A, 1);
    hub.accept(B, 2);

    pass(jobOf(A));
    awaitState(A, ProposalState.DECIDING);
    pass(jobOf(B));
    awaitReason(B, "Queued");
    assertThat(proposal(B).getStatus().build().base())
        .isEqualTo(proposal(A).getStatus().build().commit());
    hub.land(A);
    awaitReason(A, "Merged");
    awaitState(B, ProposalState.DECIDING);
    hub.land(B);
    awaitReason(B, "Merged");

    assertThat(hub.decided).hasSize(2);
    assertThat(client.batch().v1().jobs().list().getItems()).hasSize(2);
    assertThat(proposal(A).getMetadata().getOwnerReferences().getFirst().getController()).isTrue();
  }

  @Test
  void aPodThatIsGoneIsTriedAgainByAnotherJob() {
    hub.accept(A, 1);
    Job first = jobOf(A);

    fail(first);
    awaitReason(A, "NodeLost");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                findJob(A)
                    .filter(j -> !j.getMetadata().getUid().equals(first.getMetadata().getUid()))
                    .isPresent());
    assertThat(findJob(A).orElseThrow().getMetadata().getAnnotations())
        .containsEntry("qudag.dev/attempt", "2");
    assertThat(hub.closed).isEmpty();
    pass(jobOf(A));

    awaitState(A, ProposalState.DECIDING);
  }

  @Test
  void theOperatorMayDieAtAnyTimeAndNothingIsDoneTwice() {
    hub.accept(A, 1);
    Job job = jobOf(A);
    operator.stop();
    pass(job);
    operator = run();

    awaitState(A, ProposalState.DECIDING);
    operator.stop();
    hub.land(A);
    operator = run();
    hub.accept(B, 2); // the hub's state is told again

    awaitReason(A, "Merged");
    assertThat(hub.decided).hasSize(1);
  }

  @Test
  void aDeletedProposalIsWithdrawnAndDoesNotComeBack() {
    hub.accept(A, 1);
    awaitThere(A);

    client.resources(MergeProposal.class).withName(A).delete();

    await().atMost(Duration.ofSeconds(30)).until(() -> proposal(A) == null);
    assertThat(hub.proposal(A).getState()).isEqualTo(ProposalState.CLOSED);
    assertThat(hub.proposal(A).getReason()).isEqualTo("Withdrawn");
    hub.accept(B, 2);
    awaitThere(B);
    assertThat(proposal(A)).isNull();
  }

  private Operator run() {
    var plain = new KubernetesClientBuilder().withConfig(client.getConfiguration()).build();
    var made = new Operator(c -> c.withKubernetesClient(plain).withCloseClientOnStop(true));
    var clock = Clock.systemUTC();
    var settings = new NodeSettings("localhost/qudag/node:dev", "aa", "bb", false);
    var writer = new StatusWriter(client, new EventRecorder(client, clock), clock);
    var reconciler =
        new MergeProposalReconciler(client, settings, hub, writer, new Conditions(clock), clock);
    made.register(reconciler, c -> c.settingNamespaces(client.getNamespace()));
    made.start();
    return made;
  }

  private void awaitThere(String name) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                proposal(name) != null && !proposal(name).getMetadata().getFinalizers().isEmpty());
  }

  private Job jobOf(String name) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> findJob(name), Optional::isPresent)
        .orElseThrow();
  }

  private Optional<Job> findJob(String name) {
    return Optional.ofNullable(proposal(name))
        .map(MergeProposal::getStatus)
        .flatMap(status -> status.checks().stream().findFirst())
        .map(check -> client.batch().v1().jobs().withName(check.job()).get());
  }

  private void pass(Job job) {
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

  private void fail(Job job) {
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

  private MergeProposal proposal(String name) {
    return client.resources(MergeProposal.class).withName(name).get();
  }

  private void awaitState(String name, ProposalState state) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(hub.proposal(name).getState()).isEqualTo(state));
  }

  private void awaitReason(String name, String reason) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        Conditions.find(proposal(name).getStatus().conditions(), Condition.READY)
                            .map(Condition::reason))
                    .contains(reason));
  }
}
