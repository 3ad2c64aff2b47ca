package dev.qudag.node.validator.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionShelfTest {
  @TempDir Path data;

  /** Else a restart would make them the swarm's, and give their bringer its room again. */
  @Test
  void aRestartKnowsWhoBroughtADecision() throws IOException {
    var shelf = new DecisionShelf(data);
    var open = new Brought(new Bringer.Validator(3), decision(1));
    var ofSwarm = new Brought(new Bringer.Swarm(), decision(2));
    var rejected =
        new RejectedDecision(new Bringer.Validator(1), decision(3), 1, List.of("Conflict", ""));
    shelf.put(open);
    shelf.put(ofSwarm);
    shelf.put(new Brought(rejected.by(), rejected.decision()));
    shelf.reject(rejected);

    var again = new DecisionShelf(data);
    assertThat(again.open()).containsExactlyInAnyOrder(open, ofSwarm);
    assertThat(again.rejected()).containsExactly(rejected);
  }

  private static Decision decision(int sequence) {
    return new EngineDecision(
        Digest.ZERO,
        sequence,
        Digest.ZERO,
        Digest.sha256(new byte[] {1}),
        Bytes.of(new byte[VerifyingKey.SIGNATURE_SIZE]));
  }
}
