package dev.qudag.consensus.simplex.block;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * What a block is known by: its digest binds the chain, its place, its parent and its payload.
 *
 * @param height number of blocks between genesis and this one, itself included; genesis has 0
 * @param view the view it was proposed in; views only grow along a chain
 * @param payloadDigest Merkle root over the payload's decisions, so that one of them can be proved
 *     alone
 * @param payloadCount number of decisions in the payload; 0 is a block that only carries its
 *     parents to finality
 */
public record BlockHeader(
    Digest chainId,
    long epoch,
    long height,
    long view,
    Digest parentDigest,
    Digest payloadDigest,
    int payloadCount) {
  private static final String TAG = "qudag.dev/v1/block";

  public BlockHeader {
    if (height < 0 || view < 0 || epoch < 0 || payloadCount < 0) {
      throw new IllegalArgumentException(
          "epoch "
              + epoch
              + ", height "
              + height
              + ", view "
              + view
              + ", count "
              + payloadCount
              + ": none is negative");
    }
  }

  /** The block before the first: never proposed, never voted on, final from the start. */
  public static BlockHeader genesis(Digest chainId, long epoch) {
    return new BlockHeader(chainId, epoch, 0, 0, Digest.ZERO, Digest.ZERO, 0);
  }

  /**
   * The block that the epoch after a seal begins on: at the seal's height and without a view, it
   * names the seal. Like genesis it is never proposed and never voted on.
   */
  public static BlockHeader root(BlockHeader seal) {
    return new BlockHeader(
        seal.chainId(), seal.epoch() + 1, seal.height(), 0, seal.digest(), Digest.ZERO, 0);
  }

  /** Whether an epoch begins on it: views begin at 1. */
  public boolean isRoot() {
    return view == 0;
  }

  /** SHA-256 of the canonical bytes. */
  public Digest digest() {
    return Digest.sha256(encode());
  }

  public boolean isEmpty() {
    return payloadCount == 0;
  }

  /**
   * Whether this block can follow the other directly: same chain and epoch, its digest, the next
   * height, a later view.
   */
  public boolean isChildOf(BlockHeader parent) {
    return chainId.equals(parent.chainId)
        && epoch == parent.epoch
        && parentDigest.equals(parent.digest())
        && height == parent.height + 1
        && view > parent.view;
  }

  public byte[] encode() {
    CanonicalWriter out = CanonicalWriter.tagged(TAG);
    return out.digest(chainId)
        .int64(epoch)
        .int64(height)
        .int64(view)
        .digest(parentDigest)
        .digest(payloadDigest)
        .int32(payloadCount)
        .toByteArray();
  }

  public static BlockHeader decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG,
        bytes,
        in ->
            new BlockHeader(
                in.digest(),
                in.int64(),
                in.int64(),
                in.int64(),
                in.digest(),
                in.digest(),
                in.int32()));
  }
}
