package dev.qudag.consensus.attestation;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * What an author signs: the place of a vertex, and the digest of what stands there. An honest
 * author signs one header for each sequence number of an epoch; two of them prove equivocation
 * without their bodies.
 *
 * @param author index of the validator in the set of the epoch
 * @param sequence number of vertices of this author before this one
 */
public record VertexHeader(
    Digest chainId, long epoch, int author, long sequence, Digest bodyDigest) {
  private static final String TAG = "qudag.dev/v1/vertex";

  public VertexHeader {
    if (epoch < 0 || author < 0 || sequence < 0 || sequence == Long.MAX_VALUE) {
      throw new IllegalArgumentException(
          "vertex %d of author %d in epoch %d: expected no negative number, and a next sequence"
              .formatted(sequence, author, epoch));
    }
  }

  /** The bytes that are signed. */
  public byte[] encode() {
    return CanonicalWriter.tagged(TAG)
        .digest(chainId)
        .int64(epoch)
        .int32(author)
        .int64(sequence)
        .digest(bodyDigest)
        .toByteArray();
  }

  static VertexHeader decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG,
        bytes,
        in -> new VertexHeader(in.digest(), in.int64(), in.int32(), in.int64(), in.digest()));
  }

  /** Names the vertex. The signature is left out: it is not unique. */
  public Digest digest() {
    return Digest.sha256(encode());
  }
}
