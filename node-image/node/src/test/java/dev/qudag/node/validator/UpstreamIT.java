package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import dev.qudag.merge.ObjectId;
import dev.qudag.proto.DecisionState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What validators make of an upstream that went another way, and of one that is not there. */
class UpstreamIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void whatUpstreamDidNotTakeIsTakenBackAndWhatItHasIsAdopted() throws Exception {
    try (TestingSwarm swarm = TestingSwarm.withUpstream(folder, 4)) {
      swarm.startAll();
      String branch = swarm.genesis.branch();
      MergeDecision refused = swarm.decide(swarm.genesisState(), "a");
      swarm.submit(refused);
      ChainState ahead = swarm.awaitFinal(0, swarm.genesisState(), refused);

      VoidDecision undone = swarm.takeBack(ahead, refused);
      swarm.submit(undone);
      ChainState back = swarm.awaitFinal(0, ahead, undone);
      assertThat(back.head(branch)).contains(swarm.genesis.head());
      assertThat(back.voids(branch)).isEqualTo(1);

      ObjectId upstream = swarm.hub.change(ObjectId.of(swarm.genesis.head()), "by somebody else");
      AdoptDecision adopted = swarm.adopt(back, upstream);
      swarm.submit(adopted);
      assertThat(swarm.awaitFinal(0, back, adopted).head(branch)).contains(upstream.hex());
    }
  }

  /** A hub sees the void before some validators do: what they drop or reject then never comes. */
  @Test
  void anAdoptionWaitsForTheVoidThatItComesAfter() throws Exception {
    try (TestingSwarm swarm = TestingSwarm.withUpstream(folder, 4)) {
      swarm.startAll();
      MergeDecision refused = swarm.decide(swarm.genesisState(), "a");
      swarm.submit(refused);
      ChainState ahead = swarm.awaitFinal(0, swarm.genesisState(), refused);
      for (int index = 1; index < 4; index++) {
        var unused = swarm.follow(index, ahead.height());
      }
      ObjectId upstream = swarm.hub.change(ObjectId.of(swarm.genesis.head()), "by somebody else");
      AdoptDecision early = swarm.adopt(swarm.genesisState(), upstream);
      swarm.submit(early);

      VoidDecision undone = swarm.takeBack(ahead, refused);
      swarm.submit(undone);
      ChainState back = swarm.awaitFinal(0, ahead, undone);
      assertThat(swarm.awaitFinal(0, back, early).head(swarm.genesis.branch()))
          .contains(upstream.hex());
    }
  }

  @Test
  void anotherHistoryIsNotAdopted() throws Exception {
    try (TestingSwarm swarm = TestingSwarm.withUpstream(folder, 4)) {
      swarm.startAll();
      ObjectId unrelated = swarm.hub.seed();

      AdoptDecision rewritten = swarm.adopt(swarm.genesisState(), unrelated);

      assertIsRejected(swarm, rewritten, "NotAFastForward: " + unrelated);
    }
  }

  /** What has landed stays, though hub and operator both say otherwise. */
  @Test
  void withoutAnUpstreamNothingIsTakenBackOrAdopted() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      MergeDecision landed = swarm.decide(swarm.genesisState(), "a");
      swarm.submit(landed);
      ChainState state = swarm.awaitFinal(0, swarm.genesisState(), landed);

      assertIsRejected(swarm, swarm.takeBack(state, landed), "NoUpstream: ");
      ObjectId further = swarm.hub.change(ObjectId.of(landed.commit()), "b");
      assertIsRejected(swarm, swarm.adopt(state, further), "NoUpstream: ");
      assertThat(swarm.land(state, "c", 0).voids(swarm.genesis.branch())).isZero();
    }
  }

  private static void assertIsRejected(TestingSwarm swarm, Decision decision, String why) {
    swarm.submit(decision);
    DecisionState judged =
        await()
            .atMost(PATIENCE)
            .until(() -> rejectedByAQuorum(swarm, decision), Optional::isPresent)
            .orElseThrow();
    assertThat(judged.getReasons(0)).startsWith(why);
  }

  private static Optional<DecisionState> rejectedByAQuorum(TestingSwarm swarm, Decision decision) {
    byte[] digest = decision.digest().bytes();
    return swarm.status(1).getPendingList().stream()
        .filter(state -> Arrays.equals(state.getDigest().toByteArray(), digest))
        .filter(state -> state.getRejections() >= 3)
        .findFirst();
  }
}
