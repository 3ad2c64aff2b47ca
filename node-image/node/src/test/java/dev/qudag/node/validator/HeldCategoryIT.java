package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.policy.LandingPolicy;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.merge.ObjectId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four validators find out by their own git of which category a merge is, and hold it to policy.
 */
class HeldCategoryIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String LINES = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";

  @TempDir Path folder;

  @Test
  void whatThePolicyLeavesToAnAuthorDoesNotLandByItself() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      ChainState start = swarm.genesisState();
      ChainState state =
          land(
              swarm,
              start,
              swarm.policy(
                  start, new Policy(List.of(), List.of(), List.of(), LandingPolicy.MERGE)));
      ObjectId first = swarm.hub.change(ObjectId.of(swarm.genesis.head()), "x", LINES);
      state = land(swarm, state, swarm.hub.decide(swarm.genesis, state, first));
      ObjectId above = swarm.hub.change(first, "x", "0\n" + LINES);
      state = land(swarm, state, swarm.hub.decide(swarm.genesis, state, above));

      ObjectId below = swarm.hub.change(first, "x", LINES + "10\n");
      Decision textual = swarm.hub.decide(swarm.genesis, state, below);
      swarm.submit(textual);

      await().atMost(PATIENCE).untilAsserted(() -> assertHeld(swarm, textual));
    }
  }

  private static ChainState land(TestingSwarm swarm, ChainState state, Decision decision)
      throws Exception {
    swarm.submit(decision);
    return swarm.awaitFinal(0, state, decision);
  }

  private static void assertHeld(TestingSwarm swarm, Decision decision) {
    ByteString digest = ByteString.copyFrom(decision.digest().bytes());
    assertThat(swarm.status(1).getPendingList())
        .filteredOn(pending -> pending.getDigest().equals(digest))
        .singleElement()
        .satisfies(
            pending -> {
              assertThat(pending.getRejections()).isGreaterThanOrEqualTo(3);
              assertThat(pending.getReasons(0))
                  .isEqualTo("CategoryHeld: the policy leaves what is Textual to its author");
            });
  }
}
