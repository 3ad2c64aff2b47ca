package dev.qudag.consensus.evidence;

import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.Offence;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * One member gave a view up and finalized a block of it: the one thing that the safety of Simplex
 * rests on that nobody does.
 */
public record NullifyAndFinalize(Vote nullification, Vote finalization) implements Evidence {
  static final String TAG = "qudag.dev/v1/evidence-nullify-and-finalize";

  public NullifyAndFinalize {
    Parts.requireOneSigner(nullification, finalization);
    if (nullification.ballot().kind() != BallotKind.NULLIFY
        || finalization.ballot().kind() != BallotKind.FINALIZE) {
      throw new IllegalArgumentException(
          "votes "
              + nullification.ballot().kind()
              + " and "
              + finalization.ballot().kind()
              + ", expected NULLIFY and FINALIZE");
    }
  }

  /**
   * Out of two votes, in whichever order they were found.
   *
   * @throws IllegalArgumentException when both can be honest
   */
  public static NullifyAndFinalize of(Vote one, Vote other) {
    return one.ballot().kind() == BallotKind.NULLIFY
        ? new NullifyAndFinalize(one, other)
        : new NullifyAndFinalize(other, one);
  }

  @Override
  public long epoch() {
    return nullification.ballot().epoch();
  }

  @Override
  public Conviction verify(Digest chainId, MemberSet set) {
    return Parts.convict(nullification, finalization, Offence.Step.NULLIFY, chainId, set);
  }

  @Override
  public byte[] encode() {
    return CanonicalWriter.tagged(TAG)
        .bytes(nullification.toBytes())
        .bytes(finalization.toBytes())
        .toByteArray();
  }

  static NullifyAndFinalize decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG, bytes, in -> new NullifyAndFinalize(Parts.readVote(in), Parts.readVote(in)));
  }
}
