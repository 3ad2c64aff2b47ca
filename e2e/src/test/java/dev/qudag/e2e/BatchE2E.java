package dev.qudag.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Batch;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Check;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Result;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Proposals that share a Job and land by one decision. One tree is checked at a time, so that they
 * gather behind the first; a check ends as the test tells its container.
 */
@Operated
class BatchE2E {
  private static final String POLICY =
      """
      {queue: {maxWindow: 1, batchSize: 3}, checks: [
        {name: tests, image: localhost/qudag/base:dev, timeoutSeconds: 300, retries: 0, command: [sh, -c,
          "until [ -e /tmp/pass ]; do sleep 0.2; done"]}]}
      """
          .replace("\n", " ");

  private static final List<String> TOGETHER = List.of("one", "two", "three");

  private static TestSwarm swarm;
  private static KubernetesClient client;

  @BeforeAll
  static void startSwarm(TestSwarm its, KubernetesClient given) {
    client = given;
    swarm = its;
    swarm.apply(SwarmManifest.of(4).withPolicy(POLICY));
    swarm.awaitReady();
  }

  @Test
  void threeThatWaitShareOneJobAndLandByOneDecision() {
    propose("first");
    String first = awaitRunning(Set.of());
    TOGETHER.forEach(BatchE2E::propose);
    TOGETHER.forEach(name -> swarm.awaitProposal(name, "Queued"));
    pass(first);
    swarm.awaitProposal("first", "Merged");

    String shared = awaitRunning(Set.of(first));
    TOGETHER.forEach(
        name -> assertThat(swarm.awaitProposal(name, "Checking").getStatus().batch()).isNotNull());
    pass(shared);
    List<MergeProposal> landed = new ArrayList<>();
    TOGETHER.forEach(name -> landed.add(swarm.awaitProposal(name, "Merged")));

    assertThat(jobs()).as("one for the first, one for the three").hasSize(2);
    assertThat(landed).extracting(p -> p.getStatus().batch()).containsOnly(batch(landed));
    assertThat(landed)
        .extracting(p -> p.getStatus().decision())
        .containsOnly(landed.getFirst().getStatus().decision());
    for (MergeProposal proposal : landed) {
      assertThat(proposal.getStatus().checks())
          .extracting(Check::result, Check::tree)
          .containsExactly(tuple(Result.Passed, batch(landed).tree()));
      assertThat(swarm.verify(proposal)).contains("land together");
    }
    TOGETHER.forEach(name -> assertThat(swarm.timesLanded(name)).isEqualTo(1));
  }

  private static Batch batch(List<MergeProposal> of) {
    return of.getFirst().getStatus().batch();
  }

  private static void propose(String title) {
    swarm.agent(title, AgentScripts.pushesUntilItIsTaken(title));
  }

  private static void pass(String pod) {
    var unused = swarm.exec(pod, "check", "touch", "/tmp/pass");
  }

  private static List<Job> jobs() {
    return client
        .batch()
        .v1()
        .jobs()
        .inNamespace(client.getNamespace())
        .withLabel("app.kubernetes.io/component", "check")
        .list()
        .getItems();
  }

  /** The name of the pod of a check that runs, other than these. */
  private static String awaitRunning(Set<String> known) {
    swarm.awaitThat("a check runs", () -> running(known).isPresent());
    return running(known).orElseThrow();
  }

  private static Optional<String> running(Set<String> known) {
    return client
        .pods()
        .inNamespace(client.getNamespace())
        .withLabel("app.kubernetes.io/component", "check")
        .list()
        .getItems()
        .stream()
        .filter(pod -> !known.contains(pod.getMetadata().getName()))
        .filter(
            pod ->
                pod.getStatus().getContainerStatuses().stream()
                    .anyMatch(status -> status.getState().getRunning() != null))
        .map(pod -> pod.getMetadata().getName())
        .findFirst();
  }
}
