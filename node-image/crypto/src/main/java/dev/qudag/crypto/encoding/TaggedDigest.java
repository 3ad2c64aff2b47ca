package dev.qudag.crypto.encoding;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.HashAlgorithm;

/**
 * A digest that says by which algorithm it was made: one byte for the algorithm, then its 32 bytes
 * (docs/reference/encodings.md).
 */
public record TaggedDigest(HashAlgorithm algorithm, Digest value) {

  /** Reads what {@link #writeTo} wrote. */
  public static TaggedDigest readFrom(CanonicalReader in) {
    return new TaggedDigest(HashAlgorithm.ofCode(in.int8()), in.digest());
  }

  public void writeTo(CanonicalWriter out) {
    out.int8(algorithm.code()).digest(value);
  }

  /** The algorithm and the first 12 hexadecimal digits. */
  @Override
  public String toString() {
    return algorithm + ":" + value.shortHex();
  }
}
