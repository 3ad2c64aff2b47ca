package dev.qudag.consensus.evidence;

import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.crypto.Digest;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Looks for a finalization that the own final chain excludes: of a view that the chain has passed,
 * and of a block that is not in it.
 *
 * <p>Two quorums finalized what cannot both be, so more members lie than are tolerated, and nothing
 * may be made final any more. It names nobody: honest members finalize in two views, and neither
 * vote says anything about the other ({@link SafetyViolation}).
 *
 * <p>Of a long chain only the last {@link #BLOCKS_KNOWN} blocks are looked at.
 */
public final class FinalityWatch {
  /** So many final blocks are remembered. */
  public static final int BLOCKS_KNOWN = 1024;

  private final Digest chainId;
  private final long epoch;
  private final ValidatorSet set;
  private final NavigableMap<Long, Digest> finalByView = new TreeMap<>();

  /**
   * @param set of the epoch
   */
  public FinalityWatch(Digest chainId, long epoch, ValidatorSet set) {
    this.chainId = chainId;
    this.epoch = epoch;
    this.set = set;
  }

  /** The chain has grown by a block of this epoch. */
  public void finalized(BlockHeader block) {
    finalByView.put(block.view(), block.digest());
    if (finalByView.size() > BLOCKS_KNOWN) {
      finalByView.pollFirstEntry();
    }
  }

  /** Takes a message in; the certificate that the chain excludes, if it is one. */
  public Optional<Certificate> observe(Message message) {
    return message instanceof Certificate certificate
            && isExcluded(certificate.ballot())
            && certificate.isValid(set)
        ? Optional.of(certificate)
        : Optional.empty();
  }

  private boolean isExcluded(Ballot ballot) {
    return ballot.kind() == BallotKind.FINALIZE
        && ballot.chainId().equals(chainId)
        && ballot.epoch() == epoch
        && !finalByView.isEmpty()
        && ballot.view() >= finalByView.firstKey()
        && ballot.view() <= finalByView.lastKey()
        && !Optional.ofNullable(finalByView.get(ballot.view())).equals(Optional.of(ballot.block()));
  }
}
