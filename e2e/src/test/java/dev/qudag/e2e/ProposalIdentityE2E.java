package dev.qudag.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.MergeProposal;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One commit of one workspace for one branch is one proposal, whatever is repeated. */
@Operated(validators = 1, policy = ProposalIdentityE2E.NEVER_PASSES)
class ProposalIdentityE2E {
  static final String NEVER_PASSES =
      """
      {checks: [{name: slow, image: "localhost/qudag/base:dev", command: [sh, -c, "[ ! -e withdrawn.txt ] || sleep 600"]}]}""";

  private static OperatorRelease operator;
  private static TestSwarm swarm;
  private static KubernetesClient client;

  @BeforeAll
  static void on(TestSwarm running, OperatorRelease itsOperator, KubernetesClient itsClient) {
    swarm = running;
    operator = itsOperator;
    client = itsClient;
  }

  @Test
  void theSamePushTwiceWithTheOperatorKilledBetweenIsOneProposalAndLandsOnce() {
    swarm.agent(
        "twice",
        """
        echo x > twice.txt; git add -A; git commit -qm twice; git push -q origin HEAD
        while [ ! -e ~/again ]; do sleep 0.2; done
        git push origin HEAD:refs/heads/once-more
        """);
    swarm.awaitProposal("twice", "Merged");
    operator.kill();
    swarm.exec(swarm.agentNamed("twice").getStatus().pod(), "agent", "touch", "/home/agent/again");

    swarm.awaitAgent("twice", "Terminated");

    assertThat(swarm.proposalsOf("twice")).hasSize(1);
    assertThat(swarm.timesLanded("twice")).isEqualTo(1);
  }

  @Test
  void aWithdrawnProposalStaysWithdrawn() {
    swarm.agent(
        "withdrawn",
        """
        echo x > withdrawn.txt; git add -A; git commit -qm withdrawn; git push -q origin HEAD
        while [ ! -e ~/again ]; do sleep 0.2; done
        git push origin HEAD:refs/heads/once-more || true
        """);
    swarm.awaitThat("it is announced", () -> !swarm.proposalsOf("withdrawn").isEmpty());
    MergeProposal proposal = swarm.proposalsOf("withdrawn").getFirst();
    client.resource(proposal).delete();
    swarm.awaitThat("it is gone", () -> swarm.proposalsOf("withdrawn").isEmpty());
    swarm.exec(
        swarm.agentNamed("withdrawn").getStatus().pod(), "agent", "touch", "/home/agent/again");

    swarm.awaitThat(
        "the agent has ended", () -> swarm.agentNamed("withdrawn").getStatus().pod() == null);

    assertThat(swarm.proposalsOf("withdrawn")).isEmpty();
    assertThat(swarm.timesLanded("withdrawn")).isZero();
  }

  @Test
  void aLandedProposalWhoseObjectIsDeletedDoesNotComeBack() {
    swarm.agent("deleted", AgentScripts.pushes("deleted"));
    MergeProposal landed = swarm.awaitProposal("deleted", "Merged");
    client.resource(landed).delete();
    swarm.awaitThat("it is gone", () -> swarm.proposalsOf("deleted").isEmpty());

    swarm.land("next");

    assertThat(swarm.proposalsOf("deleted")).isEmpty();
    assertThat(swarm.timesLanded("deleted")).isEqualTo(1);
  }
}
