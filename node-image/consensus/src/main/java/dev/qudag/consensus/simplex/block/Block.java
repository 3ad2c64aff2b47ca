package dev.qudag.consensus.simplex.block;

import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * A header with the payload it commits to. Whether the two belong together is the {@link
 * PayloadRules}' to say: the payload is opaque here.
 */
public record Block(BlockHeader header, Bytes payload) {
  private static final String TAG = "qudag.dev/v1/block-body";

  /** The header's digest: two blocks with one digest have one payload. */
  public Digest digest() {
    return header.digest();
  }

  public byte[] encode() {
    return CanonicalWriter.tagged(TAG).bytes(header.encode()).bytes(payload).toByteArray();
  }

  public static Block decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG, bytes, in -> new Block(BlockHeader.decode(in.byteArray()), in.bytes()));
  }
}
