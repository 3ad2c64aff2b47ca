package dev.qudag.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.KEM;

/**
 * An ML-KEM-768 encapsulation key (FIPS 203): 1184 raw bytes that say, without a secret, for whom
 * something is sealed.
 *
 * <p>Every coefficient is below the modulus (FIPS 203, 7.2): a key for which that does not hold is
 * never made.
 */
public final class EncapsulationKey {
  /** Length in bytes of the raw key. */
  public static final int SIZE = MlKem768.ENCAPSULATION_KEY_BYTES;

  /** Length in bytes of an encapsulation. */
  public static final int CIPHERTEXT_SIZE = MlKem768.CIPHERTEXT_BYTES;

  private final byte[] raw;
  private final KEM.Encapsulator encapsulator;

  private EncapsulationKey(byte[] raw, PostQuantumProvider provider, SecureRandom random) {
    this.raw = raw;
    try {
      var key =
          KeyFactory.getInstance(MlKem768.ALGORITHM, provider.encapsulation())
              .generatePublic(new X509EncodedKeySpec(MlKem768.X509.wrap(raw)));
      // Here the JDK compares with the modulus; Bouncy Castle does one line above.
      this.encapsulator =
          KEM.getInstance(MlKem768.ALGORITHM, provider.encapsulation())
              .newEncapsulator(key, random);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an ML-KEM-768 encapsulation key", e);
    }
  }

  /**
   * A key out of its 1184 raw bytes, for the configured provider.
   *
   * @throws IllegalArgumentException when the length is another, or a coefficient is not below the
   *     modulus
   */
  public static EncapsulationKey of(byte[] raw) {
    return of(raw, PostQuantumProvider.configured(), new SecureRandom());
  }

  static EncapsulationKey of(byte[] raw, PostQuantumProvider provider, SecureRandom random) {
    if (raw.length != SIZE) {
      throw new IllegalArgumentException(
          "an ML-KEM-768 encapsulation key has " + SIZE + " bytes, not " + raw.length);
    }
    return new EncapsulationKey(raw.clone(), provider, random);
  }

  /**
   * A fresh shared secret of 32 bytes, and the 1088 bytes from which only the other half has it.
   */
  public KEM.Encapsulated encapsulate() {
    return encapsulator.encapsulate();
  }

  /** The name of this key by one algorithm: the hash of its raw bytes. */
  public Digest fingerprint(HashAlgorithm algorithm) {
    return algorithm.hash(raw);
  }

  /** A fresh copy of the 1184 raw bytes. */
  public byte[] bytes() {
    return raw.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncapsulationKey that && Arrays.equals(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(raw);
  }

  @Override
  public String toString() {
    return "ML-KEM-768 key " + fingerprint(HashAlgorithm.SHA_256).shortHex();
  }
}
