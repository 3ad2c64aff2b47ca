package dev.qudag.consensus.simplex.epoch;

import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.member.Signer;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * A member of the next epoch's set says that it holds the final seal and the state it leaves, and
 * can start.
 *
 * @param epoch the epoch that it is ready for
 * @param seal digest of the sealing block's header
 * @param signer the member's place in that epoch's set
 */
public record Ready(Digest chainId, long epoch, Digest seal, int signer, Bytes signature) {
  private static final String TAG = "qudag.dev/v1/signed-ready";
  private static final String SIGNED_TAG = "qudag.dev/v1/ready";

  /** This member's word on a seal that it knows to be final. */
  public static Ready sign(BlockHeader seal, int self, Signer signer) {
    long epoch = seal.epoch() + 1;
    byte[] signed = signedBytes(seal.chainId(), epoch, seal.digest());
    return new Ready(seal.chainId(), epoch, seal.digest(), self, signer.sign(signed));
  }

  /** The bytes that are signed. */
  byte[] signedBytes() {
    return signedBytes(chainId, epoch, seal);
  }

  private static byte[] signedBytes(Digest chainId, long epoch, Digest seal) {
    return CanonicalWriter.tagged(SIGNED_TAG)
        .digest(chainId)
        .int64(epoch)
        .digest(seal)
        .toByteArray();
  }

  public byte[] encode() {
    return CanonicalWriter.tagged(TAG)
        .digest(chainId)
        .int64(epoch)
        .digest(seal)
        .int32(signer)
        .bytes(signature)
        .toByteArray();
  }

  public static Ready decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG, bytes, in -> new Ready(in.digest(), in.int64(), in.digest(), in.int32(), in.bytes()));
  }
}
