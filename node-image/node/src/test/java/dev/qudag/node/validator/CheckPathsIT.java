package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.policy.CheckRule;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Digest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four validators find out by their own git whether a change needed a check that was left out. */
class CheckPathsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void aCheckIsLeftOutOnlyByAChangeThatTouchesNoneOfItsPaths() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      var unit = new CheckRule("unit", Digest.sha256(new byte[] {1}), List.of("src/**"));
      ChainState start = swarm.genesisState();
      PolicyDecision change = swarm.policy(start, new Policy(List.of(unit), List.of()));
      swarm.submit(change);
      ChainState state = swarm.awaitFinal(0, start, change);

      MergeDecision needsIt = swarm.decide(state, "src/a");
      swarm.submit(needsIt);
      await().atMost(PATIENCE).untilAsserted(() -> assertRejected(swarm, needsIt));
      assertThat(swarm.land(state, "doc", 0).height()).isGreaterThan(state.height());
    }
  }

  private static void assertRejected(TestingSwarm swarm, MergeDecision decision) {
    ByteString digest = ByteString.copyFrom(decision.digest().bytes());
    assertThat(swarm.status(1).getPendingList())
        .filteredOn(pending -> pending.getDigest().equals(digest))
        .singleElement()
        .satisfies(
            pending -> {
              assertThat(pending.getRejections()).isGreaterThanOrEqualTo(3);
              assertThat(pending.getReasons(0))
                  .isEqualTo("CheckMissing: the policy asks for unit, for src/a by src/**");
            });
  }
}
