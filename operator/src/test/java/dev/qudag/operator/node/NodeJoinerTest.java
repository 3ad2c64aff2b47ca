package dev.qudag.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.NodeRole;
import dev.qudag.consensus.chain.identity.Predecessor;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.operator.node.NodeEnrolment.Welcome;
import dev.qudag.operator.node.NodeJoiner.Standing;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nodes that have been on a chain before another takes its place. */
class NodeJoinerTest {
  private static final SwarmKey KEY = new SwarmKey("team", "s");

  private final TestingNodes nodes = new TestingNodes();
  private final NodeJoiner joiner = new NodeJoiner(nodes);
  private final Genesis old = nodes.genesis(KEY, 4, new Policy(List.of(), List.of()));
  private final Genesis successor = old.inPlaceOf(new Predecessor(old.digest(), old.chainId(), 7));

  private Standing ensureJoined(NodeRole role, String name, Genesis genesis) {
    NodeIdentity keys = nodes.identity(name);
    var target = new NodeTarget(KEY, "swarm", role, name, "host", name + "-0", "uid of " + name);
    return joiner.ensureJoined(
        target, Welcome.of(genesis, Optional.empty()), keys.verifyingKey(), keys.tlsFingerprint());
  }

  @Test
  void bringsTheHubOver() {
    nodes.join("s-hub", old);
    assertThat(ensureJoined(NodeRole.HUB, "s-hub", successor)).isInstanceOf(Standing.Joined.class);
    assertThat(nodes.hasJoined("s-hub", successor)).isTrue();
  }

  @Test
  void bringsNoValidatorOver() {
    nodes.join("s-v0", old);
    assertThat(ensureJoined(NodeRole.VALIDATOR, "s-v0", successor))
        .isInstanceOf(Standing.Refused.class);
    assertThat(nodes.hasJoined("s-v0", old)).isTrue();
  }

  @Test
  void bringsNoHubOverToAChainThatTakesAnotherPlace() {
    Genesis stranger = new TestingNodes().genesis(KEY, 4, new Policy(List.of(), List.of()));
    nodes.join("s-hub", stranger);
    assertThat(ensureJoined(NodeRole.HUB, "s-hub", successor)).isInstanceOf(Standing.Refused.class);
    assertThat(nodes.hasJoined("s-hub", stranger)).isTrue();
  }
}
