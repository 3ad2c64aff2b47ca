package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Digest;

/**
 * A genesis with the name of its chain. The name is the hash of all that genesis says, some tens of
 * kilobytes, and is compared with each decision, statement and approval: it is worked out once.
 *
 * @param id {@link Genesis#chainId()}
 */
public record Chain(Genesis genesis, Digest id) {
  public Chain {
    Fields.require(id.equals(genesis.chainId()), "chain id", id.hex(), "the one of its genesis");
  }

  public static Chain of(Genesis genesis) {
    return new Chain(genesis, genesis.chainId());
  }
}
