package dev.qudag.node.validator;

import dev.qudag.consensus.certificate.Extension;
import dev.qudag.consensus.certificate.ValidatorSets;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.simplex.Tip;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.epoch.Handover;
import dev.qudag.consensus.simplex.epoch.Ready;
import java.util.List;

/**
 * An epoch that has ended, until the next one begins: when a quorum of its set is ready, or has
 * made a block final.
 */
final class SealedEpoch implements AutoCloseable {
  private final Tip<ChainState> seal;
  private final CatchUp search;
  private Handover handover;

  private SealedEpoch(Tip<ChainState> seal, Handover handover, CatchUp search) {
    this.seal = seal;
    this.handover = handover;
    this.search = search;
  }

  /**
   * @param seal the last block of the epoch, which is final
   * @param search to the members of both sets
   */
  static SealedEpoch of(Tip<ChainState> seal, CatchUp search) {
    ChainState opened = seal.state().openEpoch(seal.header().digest());
    Handover handover =
        Handover.of(
                seal.finality().orElseThrow(),
                ValidatorSets.of(seal.state().voters()),
                ValidatorSets.of(opened.voters()))
            .orElseThrow();
    return new SealedEpoch(seal, handover, search);
  }

  /** What the next epoch begins on. */
  BlockHeader root() {
    return BlockHeader.root(handover.seal());
  }

  /** Counts these words with those before; whether a quorum of the next set is ready. */
  boolean isReady(List<Ready> words) {
    for (Ready word : words) {
      handover = handover.with(word);
    }
    return handover.isOpen();
  }

  /** Whether somebody has a block of the next epoch that its set made final. */
  boolean hasBegunElsewhere() {
    return search.isThere(
        root().height() + 1,
        found -> Extension.of(seal, found.block(), found.finality()).isPresent());
  }

  @Override
  public void close() {
    search.close();
  }
}
