package dev.qudag.e2e;

import static dev.qudag.e2e.AgentScripts.pushesUntilItIsTaken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.MergeProposal;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Seven validators, of whom two may be faulty. They run in a test-only image in which a validator
 * can be told to fall silent, or to vote and attest twice and withhold the rest.
 */
@Operated(validators = 7, image = "faulty")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ByzantineE2E {
  private static final Duration LONG = Duration.ofMinutes(4);
  private static final List<Integer> SILENT = List.of(1, 2, 3);
  private static final List<Integer> LIARS = List.of(5, 6);
  private static final List<Integer> NEWCOMERS = List.of(7, 8);

  private static KubernetesClient client;
  private static TestSwarm swarm;

  @BeforeAll
  static void on(TestSwarm running, KubernetesClient itsClient) {
    swarm = running;
    client = itsClient;
  }

  @Test
  @Order(1)
  void threeThatAreSilentStopAllLandingUntilTheyReturn() {
    SILENT.forEach(index -> haveIt(index, "silent"));
    swarm.awaitThat("the quorum is lost", () -> !TestSwarm.isTrue(swarm.swarm(), "QuorumHealthy"));
    String head = swarm.hubGit("rev-parse", "main");
    swarm.agent("waits", pushesUntilItIsTaken("waits"));
    swarm.awaitThat("it is voted on", () -> isVotedOn("waits"));
    assertThat(swarm.hubGit("rev-parse", "main")).isEqualTo(head);

    SILENT.forEach(ByzantineE2E::returns);

    swarm.awaitThat(
        LONG, "the quorum is back", () -> TestSwarm.isTrue(swarm.swarm(), "QuorumHealthy"));
    swarm.awaitProposal("waits", "Merged");
    assertThat(swarm.timesLanded("waits")).isEqualTo(1);
  }

  @Test
  @Order(2)
  void twoLiarsAreRemovedByEvidenceOthersJoinAndHonestWorkGoesOn() {
    LIARS.forEach(index -> haveIt(index, "lies"));
    swarm.agent("meanwhile", pushesUntilItIsTaken("meanwhile"));
    for (int index : LIARS) {
      swarm.awaitThat(
          "validator " + index + " could lie",
          () -> swarm.restarts(pod(index)) == 1 && swarm.isReady(pod(index)));
    }
    LIARS.forEach(index -> swarm.exec(pod(index), "validator", "touch", "/var/lib/qudag/now"));

    for (int index : LIARS) {
      swarm.awaitThat(
          LONG,
          "validator " + index + " is Slashed",
          () -> TestSwarm.isTrue(swarm.validator(index), "Slashed"));
      assertThat(TestSwarm.readyMessage(swarm.validator(index))).containsPattern("[0-9a-f]{64}");
      swarm.awaitThat("an event says so", () -> isReported(index));
    }
    assertProven(swarm.awaitProposal("meanwhile", "Merged"));
    for (int index : NEWCOMERS) {
      swarm.awaitThat(
          LONG,
          "validator " + index + " has joined",
          () -> TestSwarm.isTrue(swarm.validator(index), "Ready"));
    }
    swarm.awaitThat("the set is whole", () -> TestSwarm.isTrue(swarm.swarm(), "SetComplete"));
    swarm.agent("afterwards", pushesUntilItIsTaken("afterwards"));
    assertProven(swarm.awaitProposal("afterwards", "Merged"));
    for (int index : List.of(0, 1, 2, 3, 4)) {
      assertThat(TestSwarm.isTrue(swarm.validator(index), "Slashed")).as("v" + index).isFalse();
    }
  }

  private static String pod(int index) {
    return TestSwarm.NAME + "-v" + index + "-0";
  }

  private static void haveIt(int index, String fault) {
    swarm.exec(pod(index), "validator", "sh", "-c", "echo " + fault + " > /var/lib/qudag/fault");
    swarm.sigkill(pod(index), "validator");
  }

  private static void returns(int index) {
    swarm.exec(pod(index), "validator", "rm", "/var/lib/qudag/fault");
    swarm.sigkill(pod(index), "validator");
  }

  private static boolean isVotedOn(String agent) {
    return swarm.proposalsOf(agent).stream()
        .anyMatch(proposal -> "Voting".equals(TestSwarm.readyReason(proposal)));
  }

  private static boolean isReported(int index) {
    return client.v1().events().list().getItems().stream()
        .filter(event -> event.getInvolvedObject().getName().equals(TestSwarm.NAME + "-v" + index))
        .map(Event::getReason)
        .anyMatch("Slashed"::equals);
  }

  private static void assertProven(MergeProposal landed) {
    assertThat(swarm.verify(landed)).contains(landed.getStatus().mergedCommit());
  }
}
