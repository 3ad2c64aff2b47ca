package dev.qudag.node.validator;

import dev.qudag.consensus.chain.BlockPayload;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.message.Finality;

/** A finalized block with the proof that it is. */
record FinalBlock(Block block, Finality finality) {
  long height() {
    return block.header().height();
  }

  BlockPayload payload() {
    return BlockPayload.decode(block.payload().toArray());
  }
}
