package dev.qudag.consensus.evidence;

import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.Offence;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * One member's votes of one kind for two blocks of one view. An honest member notarizes once in a
 * view, and finalizes once.
 *
 * @param first for the block of the smaller digest
 */
public record DuplicateVote(Vote first, Vote second) implements Evidence {
  static final String TAG = "qudag.dev/v1/evidence-duplicate-vote";

  public DuplicateVote {
    Parts.requireOneSigner(first, second);
    if (first.ballot().kind() != second.ballot().kind()) {
      throw new IllegalArgumentException("votes of two kinds, expected one");
    }
    if (first.ballot().block().compareTo(second.ballot().block()) >= 0) {
      throw new IllegalArgumentException("two blocks by rising digest are expected");
    }
  }

  /**
   * Out of two votes, in whichever order they were found.
   *
   * @throws IllegalArgumentException when both can be honest
   */
  public static DuplicateVote of(Vote one, Vote other) {
    return one.ballot().block().compareTo(other.ballot().block()) <= 0
        ? new DuplicateVote(one, other)
        : new DuplicateVote(other, one);
  }

  @Override
  public long epoch() {
    return first.ballot().epoch();
  }

  @Override
  public Conviction verify(Digest chainId, MemberSet set) {
    Offence.Step step =
        first.ballot().kind() == BallotKind.NOTARIZE
            ? Offence.Step.NOTARIZE
            : Offence.Step.FINALIZE;
    return Parts.convict(first, second, step, chainId, set);
  }

  @Override
  public byte[] encode() {
    return CanonicalWriter.tagged(TAG).bytes(first.toBytes()).bytes(second.toBytes()).toByteArray();
  }

  static DuplicateVote decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG, bytes, in -> new DuplicateVote(Parts.readVote(in), Parts.readVote(in)));
  }
}
