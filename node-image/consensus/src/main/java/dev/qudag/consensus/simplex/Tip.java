package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Finality;
import java.util.Optional;

/**
 * The last final block and the state it leaves: where a member starts.
 *
 * @param finality empty only for what the epoch begins on
 */
public record Tip<S>(BlockHeader header, Optional<Finality> finality, S state) {
  /**
   * A certificate over exactly this block; empty for genesis, and while only a descendant's is
   * known.
   */
  Optional<Certificate> certificate() {
    return finality.filter(proof -> proof.headers().size() == 1).map(Finality::certificate);
  }
}
