package dev.qudag.consensus.certificate;

import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.DecisionPayloads;
import dev.qudag.consensus.simplex.Tip;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.block.PayloadRules.Commitment;
import dev.qudag.consensus.simplex.message.Finality;
import java.util.Optional;

/**
 * A chain with one more final block, for whoever takes no part in its epoch: nothing is believed
 * but what the set proves to which the blocks before it lead.
 *
 * <pre>
 *   tip, in epoch e ------------------------------------ block of e, final by the set of e
 *   tip, the seal of e -- what epoch e+1 begins on ----- block of e+1, final by the set of e+1
 * </pre>
 *
 * <p><b>A seal alone opens nothing.</b> That the next epoch has begun is shown by a block which its
 * own set made final.
 *
 * @param base what the block follows on: the tip before it, or what the next epoch begins on
 * @param tip the block, and the state that it leaves
 */
public record Extension(Tip<ChainState> base, Tip<ChainState> tip) {
  private static final DecisionPayloads PAYLOADS = new DecisionPayloads();

  /**
   * By a block that somebody hands out.
   *
   * @param before the last final block that is known
   * @return empty when the block is not the next one, or not proven, or its payload not valid
   */
  public static Optional<Extension> of(Tip<ChainState> before, Block block, Finality finality) {
    Tip<ChainState> base = base(before);
    BlockHeader header = block.header();
    boolean proven =
        header.isChildOf(base.header())
            && finality.subject().equals(header)
            && isWhole(block)
            && finality.isValid(ValidatorSets.of(base.state().voters()));
    return proven
        ? PAYLOADS
            .apply(base.state(), block.payload())
            .map(state -> new Extension(base, new Tip<>(header, Optional.of(finality), state)))
        : Optional.empty();
  }

  private static Tip<ChainState> base(Tip<ChainState> before) {
    return before.state().membership().isSealed()
        ? new Tip<>(
            BlockHeader.root(before.header()),
            Optional.empty(),
            before.state().openEpoch(before.header().digest()))
        : before;
  }

  private static boolean isWhole(Block block) {
    BlockHeader header = block.header();
    return PAYLOADS
        .commit(block.payload())
        .filter(new Commitment(header.payloadDigest(), header.payloadCount())::equals)
        .isPresent();
  }
}
