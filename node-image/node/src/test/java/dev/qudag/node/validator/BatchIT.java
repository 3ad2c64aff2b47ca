package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.decision.BatchDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.ExactMerge;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.policy.CheckResult;
import dev.qudag.consensus.chain.policy.CheckRule;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Digest;
import dev.qudag.merge.ObjectId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four validators make all merges of a batch again, each on the one before it. */
class BatchIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void threeProposalsAreFinalByOneDecision() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      ChainState start = swarm.genesisState();
      BatchDecision batch = batch(swarm, start, "a", "b", "c");

      swarm.submit(batch);
      ChainState state = swarm.awaitFinal(0, start, batch);

      assertThat(state.head(swarm.genesis.branch())).contains(batch.commit());
      assertThat(swarm.land(state, "d", 0).height()).isGreaterThan(state.height());
    }
  }

  /** The hub, or an operator with its help, says that the checks saw something else. */
  @Test
  void aBatchWhoseLastTreeIsAnotherIsRejected() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      BatchDecision honest = batch(swarm, swarm.genesisState(), "a", "b");
      BatchDecision other = batch(swarm, swarm.genesisState(), "a", "evil");
      BatchDecision forged =
          new BatchDecision(
              List.of(honest.members().getFirst(), withTree(honest.members().get(1), other.tree())),
              List.of());

      swarm.submit(forged);

      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertRejected(swarm, forged, "MergeMismatch: "));
    }
  }

  private static MergeDecision withTree(MergeDecision member, String tree) {
    ExactMerge was = member.merge();
    return new MergeDecision(
        member.chainId(),
        member.branch(),
        member.voids(),
        member.proposal(),
        new ExactMerge(
            was.base(),
            was.mergeBase(),
            was.head(),
            tree,
            was.treeDigest(),
            was.commit(),
            was.category()),
        member.meta(),
        member.engineDigest(),
        member.policyDigest(),
        List.of(),
        member.author(),
        member.grant());
  }

  @Test
  void whatOneOfThemTouchesAsksForItsChecksAndIsDeniedForAll() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      var unit = new CheckRule("unit", Digest.sha256(new byte[] {1}), List.of("src/**"));
      ChainState start = swarm.genesisState();
      PolicyDecision change = swarm.policy(start, new Policy(List.of(unit), List.of(".env*")));
      swarm.submit(change);
      ChainState state = swarm.awaitFinal(0, start, change);

      BatchDecision unchecked = batch(swarm, state, "src/a", "doc");
      swarm.submit(unchecked);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertRejected(swarm, unchecked, "CheckMissing: "));
      BatchDecision denied = batch(swarm, state, "doc", ".env");
      swarm.submit(denied);
      await().atMost(PATIENCE).untilAsserted(() -> assertRejected(swarm, denied, "PathDenied: "));
      var checked =
          new BatchDecision(
              unchecked.members(),
              List.of(
                  new CheckResult(
                      "unit",
                      unit.specDigest(),
                      "image@sha256:1",
                      unchecked.tree(),
                      true,
                      Digest.ZERO)));
      swarm.submit(checked);
      assertThat(swarm.awaitFinal(0, state, checked).head(swarm.genesis.branch()))
          .contains(checked.commit());
    }
  }

  private static BatchDecision batch(TestingSwarm swarm, ChainState state, String... paths) {
    return swarm.hub.decideTogether(
        swarm.genesis,
        state,
        Stream.of(paths)
            .map(path -> swarm.hub.change(ObjectId.of(swarm.genesis.head()), path))
            .toArray(ObjectId[]::new));
  }

  private static void assertRejected(TestingSwarm swarm, Decision decision, String reason) {
    ByteString digest = ByteString.copyFrom(decision.digest().bytes());
    assertThat(swarm.status(1).getPendingList())
        .filteredOn(pending -> pending.getDigest().equals(digest))
        .singleElement()
        .satisfies(
            pending -> {
              assertThat(pending.getRejections()).isGreaterThanOrEqualTo(3);
              assertThat(pending.getReasons(0)).startsWith(reason);
            });
  }
}
