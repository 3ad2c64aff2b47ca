package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three of four lie, which is more than is tolerated. */
class StandstillIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void whoSeesTwoFinalizationsThatExcludeEachOtherStopsForGood() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      swarm.land(swarm.genesisState(), "a", 0);
      BlockHeader block = swarm.follow(0, 1).block().header();
      NodeIdentity third = swarm.identity(3);
      swarm.stop(3);
      try (Liar liar =
          new Liar(swarm.genesis.chainId(), 3, third, to -> swarm.channel(third, to))) {
        liar.says(0, finalizationOfAnother(swarm, block));
        Path violation = swarm.volume(0).resolve("safety-violation");
        await().atMost(PATIENCE).until(() -> Files.exists(violation));
      }
      swarm.stop(0);
      assertThatThrownBy(() -> swarm.start(0))
          .hasMessageStartingWith("SafetyViolation: a quorum of epoch 0 finalized block ");
    }
  }

  private static Certificate finalizationOfAnother(TestingSwarm swarm, BlockHeader block)
      throws IOException {
    Ballot ballot =
        new Ballot(
            BallotKind.FINALIZE,
            block.chainId(),
            block.epoch(),
            block.view(),
            Digest.sha256(new byte[] {1}));
    List<Bytes> signatures = new ArrayList<>();
    for (int signer = 1; signer < 4; signer++) {
      signatures.add(swarm.identity(signer).signingKey().sign(ballot.encode()));
    }
    return new Certificate(ballot, Bytes.of((byte) 0b1110), signatures);
  }
}
