package dev.qudag.crypto;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The DER form of one kind of key whose raw bytes have a fixed size: a constant head, then the raw
 * key.
 */
final class RawKeyEncoding {
  private final byte[] head;
  private final int rawSize;

  /**
   * @param headHex what stands before the raw key, in hexadecimal digits
   * @param rawSize length of the raw key in bytes
   */
  RawKeyEncoding(String headHex, int rawSize) {
    this.head = HexFormat.of().parseHex(headHex);
    this.rawSize = rawSize;
  }

  /** The DER form around a raw key. */
  byte[] wrap(byte[] raw) {
    byte[] encoded = Arrays.copyOf(head, head.length + raw.length);
    System.arraycopy(raw, 0, encoded, head.length, raw.length);
    return encoded;
  }

  /** Whether this is the DER form of such a key. */
  boolean isEncoding(byte[] encoded) {
    return encoded.length == head.length + rawSize
        && Arrays.equals(encoded, 0, head.length, head, 0, head.length);
  }

  /** The raw key, which is the end of every DER form of it that the two providers write. */
  byte[] unwrap(byte[] encoded) {
    if (encoded.length <= rawSize) {
      throw new IllegalStateException(
          "an encoded key of " + encoded.length + " bytes holds no raw key of " + rawSize);
    }
    return Arrays.copyOfRange(encoded, encoded.length - rawSize, encoded.length);
  }
}
