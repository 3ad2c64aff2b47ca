package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.DecisionRules;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.merge.ObjectId;
import dev.qudag.proto.DecisionState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has landed stays, though hub and operator both say otherwise: there is no upstream. */
class NoUpstreamIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void aVoidOfWhatLandedIsRejected() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      MergeDecision landed = swarm.decide(swarm.genesisState(), "a");
      swarm.submit(landed);
      ChainState state = swarm.awaitFinal(0, swarm.genesisState(), landed);

      assertIsRejected(swarm, state, swarm.takeBack(state, landed));
      assertThat(swarm.land(state, "b", 0).voids(swarm.genesis.branch())).isZero();
    }
  }

  @Test
  void anAdoptionOfAFastForwardIsRejected() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      ChainState state = swarm.genesisState();
      ObjectId upstream = swarm.hub.change(ObjectId.of(swarm.genesis.head()), "a");

      assertIsRejected(swarm, state, swarm.adopt(state, upstream));
    }
  }

  private static void assertIsRejected(TestingSwarm swarm, ChainState state, Decision decision) {
    assertThat(DecisionRules.check(state, decision)).as("by the chain's rules").isEmpty();
    swarm.submit(decision);
    DecisionState judged =
        await()
            .atMost(PATIENCE)
            .until(() -> rejectedByAQuorum(swarm), Optional::isPresent)
            .orElseThrow();
    assertThat(judged.getReasons(0)).startsWith("NoUpstream: ");
  }

  private static Optional<DecisionState> rejectedByAQuorum(TestingSwarm swarm) {
    return swarm.status(1).getPendingList().stream()
        .filter(state -> state.getRejections() >= 3)
        .findFirst();
  }
}
