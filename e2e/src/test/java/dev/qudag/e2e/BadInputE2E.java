package dev.qudag.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.MergeProposal;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bad input is shown in status with reason, object and remedy, and nothing else stops. */
@Operated(validators = 1)
class BadInputE2E {
  private static final String NOWHERE = "0123456789abcdef0123456789abcdef01234567";

  private static TestSwarm swarm;
  private static KubernetesClient client;

  @BeforeAll
  static void on(TestSwarm running, KubernetesClient itsClient) {
    swarm = running;
    client = itsClient;
  }

  @Test
  void showsAnImageThatCannotBePulled() {
    swarm.apply(
        """
        apiVersion: qudag.dev/v1alpha1
        kind: Agent
        metadata: {name: no-image}
        spec:
          swarmRef: {name: t}
          image: localhost/qudag/does-not-exist:1
          resources: {requests: {cpu: 10m, memory: 32Mi}}
          command: [sh]
        """);

    swarm.awaitThat(
        "the agent says which image",
        () -> TestSwarm.readyMessage(swarm.agentNamed("no-image")).contains("does-not-exist:1"));
    assertThat(TestSwarm.readyReason(swarm.agentNamed("no-image"))).isEqualTo("ImagePullFailed");
    theSwarmStillLands("after-no-image");
  }

  @Test
  void refusesASecretThatTheSwarmDoesNotAllow() {
    swarm.agent(
        "greedy", "true", "  env: [{name: TOKEN, secretKeyRef: {name: forbidden, key: token}}]");

    swarm.awaitAgent("greedy", "SecretNotAllowed");

    assertThat(TestSwarm.readyMessage(swarm.agentNamed("greedy")))
        .contains("forbidden")
        .contains("agentSecrets");
    assertThat(client.pods().withName("greedy-1").get()).isNull();
  }

  @Test
  void showsASecretThatIsNotThere() {
    swarm.apply(SwarmManifest.of(1).with("agentSecrets: [absent]"));
    swarm.agent(
        "hopeful", "true", "  env: [{name: TOKEN, secretKeyRef: {name: absent, key: token}}]");

    swarm.awaitAgent("hopeful", "ReferenceMissing");

    assertThat(TestSwarm.readyMessage(swarm.agentNamed("hopeful"))).contains("absent");
    theSwarmStillLands("after-hopeful");
  }

  @Test
  void refusesAProposalForABranchThatIsNotTheSwarms() {
    propose("mp-00000000000000000001", "elsewhere");

    awaitStalled("mp-00000000000000000001", "UnknownBranch", "elsewhere");
  }

  @Test
  void refusesAProposalWhoseRevisionTheHubDoesNotHold() {
    propose("mp-00000000000000000002", "main");

    awaitStalled("mp-00000000000000000002", "UnknownRevision", NOWHERE);
  }

  private static void propose(String name, String branch) {
    swarm.apply(
        """
        apiVersion: qudag.dev/v1alpha1
        kind: MergeProposal
        metadata: {name: %s}
        spec:
          swarmRef: {name: t}
          source: {workspace: nobody, revision: %s}
          targetBranch: %s
        """
            .formatted(name, NOWHERE, branch));
  }

  private static void awaitStalled(String name, String reason, String value) {
    swarm.awaitThat(
        name + " is " + reason, () -> reason.equals(TestSwarm.readyReason(proposal(name))));
    assertThat(TestSwarm.isTrue(proposal(name), "Stalled")).isTrue();
    assertThat(TestSwarm.readyMessage(proposal(name))).contains(value);
  }

  private static MergeProposal proposal(String name) {
    return client.resources(MergeProposal.class).withName(name).get();
  }

  private static void theSwarmStillLands(String agent) {
    swarm.land(agent);
    assertThat(swarm.timesLanded(agent)).isEqualTo(1);
  }
}
