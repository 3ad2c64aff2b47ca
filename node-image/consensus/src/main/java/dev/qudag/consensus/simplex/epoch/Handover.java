package dev.qudag.consensus.simplex.epoch;

import dev.qudag.consensus.simplex.Tip;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.consensus.simplex.message.Finality;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The end of one epoch and the start of the next. Immutable.
 *
 * <pre>
 *   running, epoch e -- seal notarized --&gt; running, empty blocks only
 *                                            |
 *                                            | seal final: {@link #of}
 *                                            v
 *                                          waiting -- a quorum of the next set is ready --&gt; open
 *                                                                                            |
 *                                                        epoch e+1 starts from {@link #tip} --+
 * </pre>
 *
 * <p><b>An epoch never starts from a seal that is only notarized.</b> Another block may become
 * final in its stead, with another set: two sets would decide at once. So a handover is made of a
 * finality and of nothing less. It waits for a quorum of the next set, because a set that is not
 * there would stop the chain for good.
 *
 * <p>Whoever runs the old instance keeps it to answer those who are behind, until the new one has
 * finalized a block.
 *
 * @param seal the final block that ends the epoch
 * @param next the set of the next epoch
 * @param ready by the signer's place in that set
 */
public record Handover(BlockHeader seal, ValidatorSet next, SortedMap<Integer, Ready> ready) {
  public Handover {
    ready = Collections.unmodifiableSortedMap(new TreeMap<>(ready));
  }

  /**
   * From a seal that is final.
   *
   * @param finality whose subject is the sealing block
   * @param old the set of the epoch that ends
   * @return empty when the finality does not prove it by that set
   */
  public static Optional<Handover> of(Finality finality, ValidatorSet old, ValidatorSet next) {
    return finality.isValid(old)
        ? Optional.of(new Handover(finality.subject(), next, new TreeMap<>()))
        : Optional.empty();
  }

  /** With one more member ready; unchanged when it says so of something else or is none of them. */
  public Handover with(Ready word) {
    boolean counts =
        word.chainId().equals(seal.chainId())
            && word.epoch() == seal.epoch() + 1
            && word.seal().equals(seal.digest())
            && !ready.containsKey(word.signer())
            && word.signer() >= 0
            && word.signer() < next.size()
            && next.members()
                .get(word.signer())
                .check()
                .verify(word.signedBytes(), word.signature());
    if (!counts) {
      return this;
    }
    SortedMap<Integer, Ready> more = new TreeMap<>(ready);
    more.put(word.signer(), word);
    return new Handover(seal, next, more);
  }

  /** Whether the next epoch may start. */
  public boolean isOpen() {
    return next.isQuorum(ready.keySet());
  }

  /**
   * Where the next epoch's instance starts, once it may. What the old one still finalized after the
   * seal is empty and is left behind.
   *
   * @param state that the next epoch begins with
   */
  public <S> Optional<Tip<S>> tip(S state) {
    return isOpen()
        ? Optional.of(new Tip<>(BlockHeader.root(seal), Optional.empty(), state))
        : Optional.empty();
  }
}
