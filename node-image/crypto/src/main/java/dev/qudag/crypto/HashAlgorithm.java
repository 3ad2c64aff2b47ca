package dev.qudag.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A hash algorithm that a {@code TaggedDigest} can name: SHA-256 (FIPS 180-4; the default, and the
 * fastest by far in Java), SHA3-256 (FIPS 202) or BLAKE3 (its specification of 2020, plain hash).
 *
 * <p>Each gives 32 bytes, and each has one code that never changes.
 */
public enum HashAlgorithm {
  SHA_256(1),
  SHA3_256(2),
  BLAKE3(3);

  private final int code;

  HashAlgorithm(int code) {
    this.code = code;
  }

  /**
   * The algorithm of a code.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static HashAlgorithm ofCode(int code) {
    return Arrays.stream(values())
        .filter(value -> value.code == code)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a hash algorithm is 1 (SHA-256), 2 (SHA3-256) or 3 (BLAKE3), not " + code));
  }

  /** One unsigned byte: this algorithm in an encoding. */
  public int code() {
    return code;
  }

  /** The hash of the parts, one after the other. */
  public Digest hash(byte[]... parts) {
    MessageDigest hash = newHash();
    for (byte[] part : parts) {
      hash.update(part);
    }
    return Digest.of(hash.digest());
  }

  private MessageDigest newHash() {
    try {
      return switch (this) {
        case SHA_256 -> MessageDigest.getInstance("SHA-256");
        case SHA3_256 -> MessageDigest.getInstance("SHA3-256");
        case BLAKE3 -> MessageDigest.getInstance("BLAKE3-256", BouncyCastle.PROVIDER);
      };
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("neither this JDK nor Bouncy Castle has " + this, e);
    }
  }
}
