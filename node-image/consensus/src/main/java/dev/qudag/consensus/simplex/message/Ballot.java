package dev.qudag.consensus.simplex.message;

import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * The statement that a vote signs. Its canonical bytes begin with the kind's tag and bind chain,
 * epoch and view: a vote of another chain, epoch or view is another statement, so it cannot be
 * counted here.
 *
 * @param block digest of the block voted for; {@link Digest#ZERO} when the kind is NULLIFY
 */
public record Ballot(BallotKind kind, Digest chainId, long epoch, long view, Digest block) {
  public Ballot {
    if ((kind == BallotKind.NULLIFY) != block.equals(Digest.ZERO)) {
      throw new IllegalArgumentException(
          kind + " for block " + block.shortHex() + ": only NULLIFY names no block");
    }
    if (epoch < 0 || view < 1) {
      throw new IllegalArgumentException(
          "epoch " + epoch + ", view " + view + ": views begin at 1, epochs at 0");
    }
  }

  public static Ballot notarize(BlockHeader block) {
    return new Ballot(
        BallotKind.NOTARIZE, block.chainId(), block.epoch(), block.view(), block.digest());
  }

  public static Ballot nullify(Digest chainId, long epoch, long view) {
    return new Ballot(BallotKind.NULLIFY, chainId, epoch, view, Digest.ZERO);
  }

  /** The ballot that finalizes a block: what a verifier expects a certificate to be over. */
  public static Ballot finalize(BlockHeader block) {
    return new Ballot(
        BallotKind.FINALIZE, block.chainId(), block.epoch(), block.view(), block.digest());
  }

  /** What finalizes the block that this ballot notarizes. */
  public Ballot asFinalize() {
    return new Ballot(BallotKind.FINALIZE, chainId, epoch, view, block);
  }

  /** The bytes that are signed. */
  public byte[] encode() {
    return CanonicalWriter.tagged(kind.tag())
        .digest(chainId)
        .int64(epoch)
        .int64(view)
        .digest(block)
        .toByteArray();
  }

  void writeTo(CanonicalWriter out) {
    out.int8(kind.code()).digest(chainId).int64(epoch).int64(view).digest(block);
  }

  static Ballot readFrom(CanonicalReader in) {
    return new Ballot(BallotKind.of(in.int8()), in.digest(), in.int64(), in.int64(), in.digest());
  }
}
