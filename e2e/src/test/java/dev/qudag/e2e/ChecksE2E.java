package dev.qudag.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.qudag.api.v1alpha1.MergeProposalStatus.Check;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Result;
import dev.qudag.e2e.cluster.Cluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Checks as Jobs of a cluster: run again, left out, and unable to run. The check {@code tests} ends
 * as the test tells its container; {@code docs} fails whenever it runs.
 */
@Cluster
class ChecksE2E {
  private static final String IMAGE = "localhost/qudag/base:dev";
  private static final String NO_IMAGE = "localhost/qudag/no-such-image:dev";
  private static final String POLICY =
      """
      {checks: [
        {name: tests, image: "%s", timeoutSeconds: 300, command: [sh, -c,
          "until [ -e /tmp/pass ] || [ -e /tmp/fail ]; do sleep 0.2; done; [ -e /tmp/pass ]"]},
        {name: docs, image: localhost/qudag/base:dev, paths: ["docs/**"], command: [sh, -c, "exit 1"]}]}
      """
          .replace("\n", " ");

  private static final Set<String> ENDED = new HashSet<>();
  private static OperatorRelease operator;
  private static TestSwarm swarm;
  private static KubernetesClient client;

  @BeforeAll
  static void startSwarm(KubernetesClient given) {
    client = given;
    operator = OperatorRelease.install(client, client.getNamespace());
    swarm = new TestSwarm(client, client.getNamespace());
    swarm.apply(4, POLICY.formatted(IMAGE));
    swarm.awaitReady();
  }

  @AfterAll
  static void uninstall() {
    swarm.delete();
    operator.close();
  }

  @Test
  void whatPassesOnTheSecondRunIsFlakyAndACheckOfOtherPathsIsSkipped() {
    propose("steady");
    endCheck("fail");
    endCheck("pass");

    assertThat(swarm.awaitProposal("steady", "Merged").getStatus().checks())
        .extracting(Check::name, Check::result, Check::failures)
        .containsExactly(tuple("tests", Result.Flaky, 1), tuple("docs", Result.Skipped, null));
    assertThat(swarm.timesLanded("steady")).isEqualTo(1);
  }

  @Test
  void anImageThatCannotBePulledEndsNothingAndTheChangeLandsOnceItIsMended() {
    String good = swarm.swarm().getStatus().policyDigest();
    swarm.apply(4, POLICY.formatted(NO_IMAGE));
    swarm.awaitThat(
        "the policy without an image is in force",
        () -> !good.equals(swarm.swarm().getStatus().policyDigest()));

    propose("patient");
    assertThat(swarm.awaitProposal("patient", "ImagePullFailed").getStatus().checks())
        .filteredOn(check -> check.name().equals("tests"))
        .extracting(Check::result)
        .containsExactly(Result.Infra);

    swarm.apply(4, POLICY.formatted(IMAGE));
    endCheck("pass");
    assertThat(swarm.awaitProposal("patient", "Merged").getStatus().queue()).isNull();
    assertThat(swarm.proposalsOf("patient")).hasSize(1);
    assertThat(swarm.swarm().getStatus().policyDigest()).isEqualTo(good);
  }

  private static void propose(String title) {
    swarm.agent(
        title,
        "echo %1$s > %1$s.txt; git add -A; git commit -qm %1$s; until git push -q origin HEAD; do sleep 1; done"
            .formatted(title));
  }

  /** Tells the check that runs now how to end. */
  private static void endCheck(String how) {
    swarm.awaitThat("a check runs", () -> running().isPresent());
    String pod = running().orElseThrow().getMetadata().getName();
    ENDED.add(pod);
    var unused = swarm.exec(pod, "check", "touch", "/tmp/" + how);
  }

  private static Optional<Pod> running() {
    return client
        .pods()
        .inNamespace(client.getNamespace())
        .withLabel("app.kubernetes.io/component", "check")
        .list()
        .getItems()
        .stream()
        .filter(pod -> !ENDED.contains(pod.getMetadata().getName()))
        .filter(
            pod ->
                pod.getStatus().getContainerStatuses().stream()
                    .anyMatch(status -> status.getState().getRunning() != null))
        .findFirst();
  }
}
