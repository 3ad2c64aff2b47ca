package dev.qudag.operator.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.certificate.Recovery;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.operator.node.EnrolledNode;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.node.TestingNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The old chain had four validators, of which three decide. */
class TakeoverTest {
  private static final SwarmKey KEY = new SwarmKey("team", "s");

  private final TestingNodes nodes = new TestingNodes();
  private final Genesis old = nodes.genesis(KEY, 4, new Policy(List.of(), List.of()));
  private final Recovery recovery = new Recovery(old, Optional.empty(), List.of());
  private final EnrolledNode hub = hub(old.head(), Optional.of(old.digest()));

  private EnrolledNode hub(String head, Optional<Digest> genesis) {
    return node(nodes.identity("s-hub"), head, genesis);
  }

  private static EnrolledNode node(NodeIdentity keys, String head, Optional<Digest> genesis) {
    return new EnrolledNode(keys.verifyingKey(), keys.tlsFingerprint(), head, genesis);
  }

  /** Four, of which the first ones have the volumes of the old chain. */
  private List<EnrolledNode> validators(int survivors) {
    List<EnrolledNode> validators = new ArrayList<>();
    IntStream.range(0, survivors)
        .mapToObj(index -> nodes.identity("s-v" + index))
        .map(keys -> node(keys, "", Optional.of(old.digest())))
        .forEach(validators::add);
    while (validators.size() < 4) {
      validators.add(node(NodeIdentity.generate(), "", Optional.empty()));
    }
    return validators;
  }

  private String obstacle(EnrolledNode itsHub, List<EnrolledNode> validators) {
    return Takeover.obstacle(recovery, KEY, itsHub, validators).orElse("none");
  }

  @Test
  void theHubComesWithItsVolumeAndTheValidatorsWithNewOnes() {
    assertThat(obstacle(hub, validators(0))).isEqualTo("none");
  }

  @Test
  void aHubWithAnotherVolumeHasNotTheBranch() {
    assertThat(obstacle(hub(old.head(), Optional.empty()), validators(0)))
        .contains("s-hub is of no chain", "s-recovery", old.digest().hex());
    assertThat(obstacle(hub(old.head(), Optional.of(Digest.ZERO)), validators(0)))
        .contains("is of genesis " + Digest.ZERO);
  }

  @Test
  void theBranchIsWhereTheCertificateSays() {
    String elsewhere = "cd".repeat(20);
    assertThat(obstacle(hub(elsewhere, Optional.of(old.digest())), validators(0)))
        .contains("is at " + elsewhere, old.head() + " had landed", "docs/how-to/recover.md");
  }

  @Test
  void whoSurvivedBeginsWithANewVolumeToo() {
    assertThat(obstacle(hub, validators(2)))
        .contains("The volumes of s-v0, s-v1 are of a chain already", "PersistentVolumeClaims");
  }

  @Test
  void aChainThatHasAQuorumGoesOn() {
    assertThat(obstacle(hub, validators(3)))
        .contains("The old chain can go on: s-v0, s-v1, s-v2", "s-genesis from a backup");
  }
}
