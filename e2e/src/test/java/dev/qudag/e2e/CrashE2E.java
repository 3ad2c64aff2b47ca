package dev.qudag.e2e;

import static dev.qudag.e2e.AgentScripts.pushes;
import static dev.qudag.e2e.AgentScripts.pushesUntilItIsTaken;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever dies, at whatever point: every accepted proposal ends exactly once. */
@Operated(validators = 4)
class CrashE2E {
  private static final String VALIDATOR_POD = TestSwarm.NAME + "-v1-0";

  private static OperatorRelease operator;
  private static TestSwarm swarm;

  @BeforeAll
  static void on(TestSwarm running, OperatorRelease itsOperator) {
    swarm = running;
    operator = itsOperator;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hub-before-verify",
        "hub-after-verify",
        "hub-after-commit-written",
        "hub-after-update-ref",
        "hub-after-note",
        "hub-after-journal"
      })
  void landsOnceWhenTheHubDiesAtThisStepOfLanding(String point) {
    int restarts = swarm.restarts(TestSwarm.HUB_POD);
    swarm.crashAt(TestSwarm.HUB_POD, "hub", point);
    swarm.agent(point, pushes(point));

    swarm.awaitProposal(point, "Merged");

    assertThat(swarm.restarts(TestSwarm.HUB_POD)).isEqualTo(restarts + 1);
    assertThat(swarm.timesLanded(point)).isEqualTo(1);
    assertThat(swarm.hubGit("fsck", "--strict", "--no-dangling")).doesNotContain("error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hub-after-bundle-stored", "hub-after-submit-fsync", "hub-after-custody"})
  void losesNothingWhenTheHubDiesWhileItAcceptsAProposal(String point) {
    int restarts = swarm.restarts(TestSwarm.HUB_POD);
    swarm.crashAt(TestSwarm.HUB_POD, "hub", point);
    swarm.agent(point, pushesUntilItIsTaken(point));

    swarm.awaitProposal(point, "Merged");

    assertThat(swarm.restarts(TestSwarm.HUB_POD)).isEqualTo(restarts + 1);
    assertThat(swarm.timesLanded(point)).isEqualTo(1);
    assertThat(swarm.proposalsOf(point)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "validator-after-sign-persisted",
        "validator-after-objects-kept",
        "validator-after-record-kept"
      })
  void goesOnWhenAValidatorDiesAfterItPersisted(String point) {
    int restarts = swarm.restarts(VALIDATOR_POD);
    swarm.crashAt(VALIDATOR_POD, "validator", point);
    swarm.agent(point, pushes(point));

    swarm.awaitProposal(point, "Merged");

    assertThat(swarm.timesLanded(point)).isEqualTo(1);
    swarm.awaitThat("the validator came back", () -> swarm.restarts(VALIDATOR_POD) == restarts + 1);
  }

  @ParameterizedTest
  @CsvSource({"t-v2-0, validator", "t-hub-0, hub"})
  void goesOnWhenANodeIsKilledWithAProposalInFlight(String pod, String role) {
    String agent = role + "-killed";
    int restarts = swarm.restarts(pod);
    swarm.agent(agent, pushes(agent));
    awaitAnnounced(agent);
    swarm.sigkill(pod, role);

    swarm.awaitProposal(agent, "Merged");

    assertThat(swarm.timesLanded(agent)).isEqualTo(1);
    swarm.awaitThat(pod + " came back", () -> swarm.restarts(pod) == restarts + 1);
  }

  @Test
  void goesOnWhileAValidatorIsAway() {
    swarm.kill(TestSwarm.NAME + "-v3-0");
    swarm.agent("validator-away", pushes("validator-away"));

    swarm.awaitProposal("validator-away", "Merged");

    assertThat(swarm.timesLanded("validator-away")).isEqualTo(1);
  }

  @Test
  void goesOnWhenTheOperatorIsKilledWithAProposalInFlight() {
    int restarts = operator.restarts();
    swarm.agent("operator-killed", pushes("operator-killed"));
    awaitAnnounced("operator-killed");
    operator.sigkill();

    swarm.awaitProposal("operator-killed", "Merged");

    assertThat(swarm.timesLanded("operator-killed")).isEqualTo(1);
    assertThat(operator.restarts()).isEqualTo(restarts + 1);
  }

  @Test
  void takesTheProposalThoughTheSidecarIsKilledBeforeThePush() {
    swarm.agent(
        "sidecar-killed",
        "until [ -e /tmp/go ]; do sleep 1; done; " + pushesUntilItIsTaken("sidecar-killed"));
    swarm.awaitAgent("sidecar-killed", "Active");
    String pod = pod("sidecar-killed");
    swarm.sigkill(pod, "workspace");
    swarm.exec(pod, "agent", "touch", "/tmp/go");

    swarm.awaitProposal("sidecar-killed", "Merged");

    assertThat(swarm.timesLanded("sidecar-killed")).isEqualTo(1);
  }

  @Test
  void losesNothingOfAnAgentWhosePodIsKilled() {
    swarm.agent("agent-killed", "echo kept > kept.txt; sleep 600 & wait", "");
    swarm.awaitAgent("agent-killed", "Active");
    swarm.awaitThat(
        "the file is there",
        () -> swarm.exec(pod("agent-killed"), "agent", "ls", "/workspace").contains("kept.txt"));
    swarm.kill(pod("agent-killed"));

    swarm.awaitThat(
        "the work is with the hub",
        () ->
            swarm.workspaceOf("agent-killed").getStatus() != null
                && swarm.workspaceOf("agent-killed").getStatus().candidate() != null);
    String commit = swarm.workspaceOf("agent-killed").getStatus().candidate().commit();
    assertThat(swarm.hubGit("show", commit + ":kept.txt")).isEqualTo("kept\n");
  }

  private static String pod(String agent) {
    return swarm.agentNamed(agent).getStatus().pod();
  }

  private static void awaitAnnounced(String agent) {
    swarm.awaitThat("the proposal is announced", () -> !swarm.proposalsOf(agent).isEmpty());
  }
}
