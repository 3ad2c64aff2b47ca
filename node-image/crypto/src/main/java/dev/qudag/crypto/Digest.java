package dev.qudag.crypto;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A SHA-256 digest: 32 bytes, ordered as unsigned bytes (FIPS 180-4).
 *
 * <p>The type also carries other 32-byte values that are compared and ordered in the same way, such
 * as fingerprints.
 */
public final class Digest implements Comparable<Digest> {
  /** Length in bytes. */
  public static final int SIZE = 32;

  /** 32 zero bytes: the predecessor of whatever comes first. */
  public static final Digest ZERO = new Digest(new byte[SIZE]);

  private final byte[] bytes;

  private Digest(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A digest out of its 32 bytes.
   *
   * @throws IllegalArgumentException when the length is another
   */
  public static Digest of(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("a digest has 32 bytes, not " + bytes.length);
    }
    return new Digest(bytes.clone());
  }

  /**
   * A digest out of 64 hexadecimal digits.
   *
   * @throws IllegalArgumentException when the text is not that
   */
  public static Digest ofHex(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  /** SHA-256 of the parts, one after the other. */
  public static Digest sha256(byte[]... parts) {
    return HashAlgorithm.SHA_256.hash(parts);
  }

  /** A fresh copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** 64 lower-case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  /** The first 12 hexadecimal digits, for log lines and messages. */
  public String shortHex() {
    return HexFormat.of().formatHex(bytes, 0, 6);
  }

  @Override
  public int compareTo(Digest other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Digest that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }
}
