package dev.qudag.crypto.seal;

import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;

/**
 * What a secret is encrypted with, under the key that ML-KEM-768 and HKDF-SHA256 give: AES-256-GCM
 * (NIST SP 800-38D; the default) or ChaCha20-Poly1305 (RFC 8439).
 *
 * <p>Both take a key of 32 bytes and a nonce of 12 and add a tag of 16; each has one code that
 * never changes.
 */
public enum SealingAlgorithm {
  AES_256_GCM(1, "AES/GCM/NoPadding", "AES"),
  CHACHA20_POLY1305(2, "ChaCha20-Poly1305", "ChaCha20");

  static final int KEY_BYTES = 32;
  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;

  private final int code;
  private final String cipher;
  private final String keyAlgorithm;

  SealingAlgorithm(int code, String cipher, String keyAlgorithm) {
    this.code = code;
    this.cipher = cipher;
    this.keyAlgorithm = keyAlgorithm;
  }

  /**
   * The algorithm of a code.
   *
   * @throws IllegalArgumentException when there is none
   */
  static SealingAlgorithm ofCode(int code) {
    return Arrays.stream(values())
        .filter(value -> value.code == code)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a sealing algorithm is 1 (AES-256-GCM) or 2 (ChaCha20-Poly1305), not "
                        + code));
  }

  /** One unsigned byte: this algorithm in an encoding. */
  int code() {
    return code;
  }

  /** Its name for {@link javax.crypto.Cipher}. */
  String cipher() {
    return cipher;
  }

  /** The name of its keys. */
  String keyAlgorithm() {
    return keyAlgorithm;
  }

  /** The nonce as its cipher wants it. */
  AlgorithmParameterSpec parameters(byte[] nonce) {
    return switch (this) {
      case AES_256_GCM -> new GCMParameterSpec(Byte.SIZE * TAG_BYTES, nonce);
      case CHACHA20_POLY1305 -> new IvParameterSpec(nonce);
    };
  }
}
