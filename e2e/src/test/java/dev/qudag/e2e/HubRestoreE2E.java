package dev.qudag.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.MergeProposal;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A hub that lost all of its volume but its keys gets everything back from its validators. The
 * check {@code gate} of two files passes when the test tells its container.
 */
@Operated(
    validators = 4,
    policy =
        "{checks: [{name: gate, image: localhost/qudag/base:dev, timeoutSeconds: 300,"
            + " paths: [open.txt, gone.txt], command: [sh, -c,"
            + " \"until [ -e /tmp/pass ]; do sleep 0.2; done\"]}]}")
class HubRestoreE2E {
  private static TestSwarm swarm;
  private static KubernetesClient client;

  @BeforeAll
  static void on(TestSwarm running, KubernetesClient given) {
    swarm = running;
    client = given;
  }

  @Test
  void comesBackWithBranchAndCertificatesAndLandsOn() {
    swarm.land("one");
    swarm.land("two");
    String head = swarm.hubGit("rev-parse", "main");
    String notes = swarm.hubGit("notes", "--ref=qudag", "list");

    loseTheVolume();

    swarm.land("three");
    assertThat(swarm.hubGit("rev-list", "--first-parent", "main")).contains(head.strip());
    assertThat(swarm.hubGit("notes", "--ref=qudag", "list").lines().count())
        .isEqualTo(notes.lines().count() + 1);
    for (String title : new String[] {"one", "two", "three"}) {
      assertThat(swarm.timesLanded(title)).as(title).isEqualTo(1);
    }
    assertThat(swarm.hubGit("fsck", "--strict", "--no-dangling")).doesNotContain("error");
    String height = swarm.exec(TestSwarm.HUB_POD, "hub", "cat", "/var/lib/qudag/in-service");
    assertThat(Integer.parseInt(height.strip()))
        .as("height at which it came into service")
        .isGreaterThanOrEqualTo(2);
  }

  @Test
  void aProposalWithUnfinishedChecksIsBackAndLandsAndOneThatWasWithdrawnStaysSo() {
    swarm.agent("gone", AgentScripts.pushes("gone"));
    swarm.awaitProposal("gone", "Checking");
    swarm.awaitThat("its check runs", () -> !checksOf("gone").isEmpty());
    withdraw("gone");
    swarm.agent("open", AgentScripts.pushes("open"));
    swarm.awaitProposal("open", "Checking");

    loseTheVolume();

    swarm.awaitThat("the hub is back", () -> swarm.isReady(TestSwarm.HUB_POD));
    swarm.awaitThat("its check runs", () -> !checksOf("open").isEmpty());
    checksOf("open").forEach(pod -> swarm.exec(pod, "check", "touch", "/tmp/pass"));
    swarm.awaitProposal("open", "Merged");
    assertThat(swarm.timesLanded("open")).isEqualTo(1);
    assertThat(swarm.timesLanded("gone")).isZero();
    assertThat(swarm.proposalsOf("gone")).isEmpty();
  }

  @Test
  void aWithdrawalIsOneAlsoWhenTheHubDiesBeforeItHasWrittenIt() {
    swarm.agent(
        "late", "echo late > gone.txt; git add -A; git commit -qm late; git push origin HEAD");
    swarm.awaitProposal("late", "Checking");
    int restarts = swarm.restarts(TestSwarm.HUB_POD);
    swarm.crashAt(TestSwarm.HUB_POD, "hub", "hub-before-end-journal");

    withdraw("late");

    assertThat(swarm.restarts(TestSwarm.HUB_POD)).isEqualTo(restarts + 1);
    assertThat(swarm.timesLanded("late")).isZero();
  }

  private static void withdraw(String agent) {
    MergeProposal proposal = swarm.proposalsOf(agent).getFirst();
    client.resource(proposal).delete();
    swarm.awaitThat("the withdrawal is answered", () -> swarm.proposalsOf(agent).isEmpty());
  }

  private static void loseTheVolume() {
    swarm.exec(
        TestSwarm.HUB_POD,
        "hub",
        "sh",
        "-c",
        "cd /var/lib/qudag && for f in *; do [ \"$f\" = identity ] || rm -rf \"$f\"; done");
    swarm.kill(TestSwarm.HUB_POD);
  }

  /** Pods of the checks of an agent's proposal that run. */
  private static List<String> checksOf(String agent) {
    return swarm.proposalsOf(agent).stream()
        .filter(proposal -> proposal.getStatus() != null)
        .flatMap(proposal -> proposal.getStatus().checks().stream())
        .filter(check -> check.job() != null)
        .flatMap(check -> podsOf(check.job()))
        .filter(HubRestoreE2E::isRunning)
        .map(pod -> pod.getMetadata().getName())
        .toList();
  }

  private static Stream<Pod> podsOf(String job) {
    return client
        .pods()
        .inNamespace(client.getNamespace())
        .withLabel("batch.kubernetes.io/job-name", job)
        .list()
        .getItems()
        .stream();
  }

  private static boolean isRunning(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .anyMatch(status -> status.getState().getRunning() != null);
  }
}
