package dev.qudag.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.MergeProposal;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A person has something undone that has landed. */
@Operated(validators = 4)
class RevertE2E {
  private static TestSwarm swarm;
  private static KubernetesClient client;

  @BeforeAll
  static void on(TestSwarm running, KubernetesClient itsClient) {
    swarm = running;
    client = itsClient;
  }

  @Test
  void aLandedChangeIsUndoneAndWhatLandedSinceStays() {
    swarm.land("bad");
    swarm.land("good");
    var bad = swarm.awaitProposal("bad", "Merged").getStatus();

    revert(bad.revertProposal(), bad.mergedCommit());
    awaitReason(bad.revertProposal(), "Merged");

    assertThat(swarm.hubGit("ls-tree", "--name-only", "main").lines())
        .contains("good.txt", "notes.txt")
        .doesNotContain("bad.txt");
    assertThat(swarm.hubGit("log", "-1", "--format=%an %s", "main").strip())
        .isEqualTo("grace-example.org Revert " + bad.mergedCommit());
    assertThat(proposal(bad.revertProposal()).getStatus().certificate()).isNotNull();
  }

  @Test
  void whatNoDecisionLandedIsRefusedByItsName() {
    swarm.land("later");
    String agents = swarm.awaitProposal("later", "Merged").getSpec().source().revision();

    revert("mp-00000000000000000001", agents);
    awaitReason("mp-00000000000000000001", "WrongName");
    String message = TestSwarm.readyMessage(proposal("mp-00000000000000000001"));
    String name = message.replaceAll("^.* by the name (mp-[0-9a-f]{20}).*$", "$1");

    revert(name, agents);
    awaitReason(name, "NotLanded");
  }

  private static void revert(String name, String commit) {
    swarm.apply(
        """
        apiVersion: qudag.dev/v1alpha1
        kind: MergeProposal
        metadata: {name: %s}
        spec:
          swarmRef: {name: %s}
          source: {revert: {commit: %s, person: grace@example.org}}
          title: It broke the build
        """
            .formatted(name, TestSwarm.NAME, commit));
  }

  private static void awaitReason(String name, String reason) {
    swarm.awaitThat(
        name + " is " + reason, () -> reason.equals(TestSwarm.readyReason(proposal(name))));
  }

  private static MergeProposal proposal(String name) {
    return client
        .resources(MergeProposal.class)
        .inNamespace(client.getNamespace())
        .withName(name)
        .get();
  }
}
