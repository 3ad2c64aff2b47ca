package dev.qudag.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.qudag.api.v1alpha1.MergeProposalStatus.Check;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Result;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Checks as Jobs of a cluster: run again, left out, and unable to run. The check {@code tests} ends
 * as the test tells its container; {@code docs} fails whenever it runs.
 */
@Operated
class ChecksE2E {
  private static final String IMAGE = "localhost/qudag/base:dev";
  private static final String NO_IMAGE = "localhost/qudag/no-such-image:dev";
  private static final String POLICY =
      """
      {checks: [
        {name: tests, image: "%s", timeoutSeconds: 300, retries: 1, command: [sh, -c,
          "until [ -e /tmp/pass ] || [ -e /tmp/fail ]; do sleep 0.2; done; [ -e /tmp/pass ]"]},
        {name: docs, image: localhost/qudag/base:dev, paths: ["docs/**"], command: [sh, -c, "exit 1"]}]}
      """
          .replace("\n", " ");

  private static final Set<String> ENDED = new HashSet<>();
  private static TestSwarm swarm;
  private static KubernetesClient client;

  @BeforeAll
  static void startSwarm(TestSwarm its, KubernetesClient given) {
    client = given;
    swarm = its;
    checksIn(IMAGE);
    swarm.awaitReady();
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
    checksIn(NO_IMAGE);
    swarm.awaitThat(
        "the policy without an image is in force",
        () -> !good.equals(swarm.swarm().getStatus().policyDigest()));

    propose("patient");
    assertThat(swarm.awaitProposal("patient", "ImagePullFailed").getStatus().checks())
        .filteredOn(check -> check.name().equals("tests"))
        .extracting(Check::result)
        .containsExactly(Result.Infra);

    checksIn(IMAGE);
    endCheck("pass");
    assertThat(swarm.awaitProposal("patient", "Merged").getStatus().queue()).isNull();
    assertThat(swarm.proposalsOf("patient")).hasSize(1);
    assertThat(swarm.swarm().getStatus().policyDigest()).isEqualTo(good);
  }

  private static void checksIn(String image) {
    swarm.apply(SwarmManifest.of(4).withPolicy(POLICY.formatted(image)));
  }

  private static void propose(String title) {
    swarm.agent(title, AgentScripts.pushesUntilItIsTaken(title));
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
