package dev.qudag.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.DecapsulateException;
import javax.crypto.KEM;
import javax.crypto.SecretKey;
import javax.security.auth.DestroyFailedException;

/**
 * An ML-KEM-768 decapsulation key (FIPS 203) with its public half.
 *
 * <p>Kept as the 2400 bytes of the expanded key, which hold the public half too: the JDK's provider
 * cannot load the 64-byte seed, and both load this. A closed key is zeroed and decapsulates
 * nothing; copies that a provider keeps inside stay until the garbage collector takes them.
 */
public final class DecapsulationKey implements AutoCloseable {
  /** Length in bytes of the raw expanded key. */
  public static final int SIZE = MlKem768.DECAPSULATION_KEY_BYTES;

  private final byte[] expanded;
  private final PrivateKey key;
  private final KEM.Decapsulator decapsulator;
  private final EncapsulationKey encapsulationKey;
  private volatile boolean closed;

  private DecapsulationKey(byte[] expanded, PostQuantumProvider provider, SecureRandom random) {
    this.expanded = expanded;
    int offset = MlKem768.ENCAPSULATION_KEY_OFFSET;
    this.encapsulationKey =
        EncapsulationKey.of(
            Arrays.copyOfRange(expanded, offset, offset + EncapsulationKey.SIZE), provider, random);
    byte[] encoded = MlKem768.PKCS8.wrap(expanded);
    try {
      this.key =
          KeyFactory.getInstance(MlKem768.ALGORITHM, provider.encapsulation())
              .generatePrivate(new PKCS8EncodedKeySpec(encoded));
      this.decapsulator =
          KEM.getInstance(MlKem768.ALGORITHM, provider.encapsulation()).newDecapsulator(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an expanded ML-KEM-768 decapsulation key", e);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  /** A new key by the configured provider. */
  public static DecapsulationKey generate() {
    return generate(PostQuantumProvider.configured(), new SecureRandom());
  }

  static DecapsulationKey generate(PostQuantumProvider provider, SecureRandom random) {
    try {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(MlKem768.ALGORITHM, provider.encapsulation());
      generator.initialize(NamedParameterSpec.ML_KEM_768, random);
      byte[] encoded = generator.generateKeyPair().getPrivate().getEncoded();
      byte[] expanded = MlKem768.PKCS8.unwrap(encoded);
      Arrays.fill(encoded, (byte) 0);
      return new DecapsulationKey(expanded, provider, random);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(provider + " has no " + MlKem768.ALGORITHM, e);
    }
  }

  /**
   * A stored key, for the configured provider.
   *
   * @param expanded the 2400 raw bytes of the expanded key
   * @throws IllegalArgumentException when the length is another, or its parts do not belong
   *     together
   */
  public static DecapsulationKey of(byte[] expanded) {
    return of(expanded, PostQuantumProvider.configured());
  }

  static DecapsulationKey of(byte[] expanded, PostQuantumProvider provider) {
    if (expanded.length != SIZE) {
      throw new IllegalArgumentException(
          "an expanded ML-KEM-768 decapsulation key has "
              + SIZE
              + " bytes, not "
              + expanded.length);
    }
    DecapsulationKey key = new DecapsulationKey(expanded.clone(), provider, new SecureRandom());
    KEM.Encapsulated probe = key.encapsulationKey.encapsulate();
    if (!key.decapsulate(Bytes.of(probe.encapsulation())).equals(probe.key())) {
      throw new IllegalArgumentException(
          "the secret half does not belong to " + key.encapsulationKey);
    }
    return key;
  }

  /**
   * The shared secret of 32 bytes. An encapsulation that was not made for this key, or was changed,
   * gives another secret and no error (implicit rejection, FIPS 203, 6.3): only what is encrypted
   * under the secret tells.
   *
   * @param encapsulation 1088 bytes
   * @throws IllegalArgumentException when the length is another
   */
  public SecretKey decapsulate(Bytes encapsulation) {
    requireOpen();
    try {
      return decapsulator.decapsulate(encapsulation.toArray());
    } catch (DecapsulateException e) {
      throw new IllegalArgumentException(
          "an ML-KEM-768 encapsulation has "
              + EncapsulationKey.CIPHERTEXT_SIZE
              + " bytes, not "
              + encapsulation.size(),
          e);
    }
  }

  public EncapsulationKey encapsulationKey() {
    return encapsulationKey;
  }

  /** A fresh copy of the 2400 raw bytes. Secret: for a file that only its owner can read. */
  public byte[] expanded() {
    requireOpen();
    return expanded.clone();
  }

  /** Zeroes the key. */
  @Override
  public void close() {
    closed = true;
    Arrays.fill(expanded, (byte) 0);
    try {
      key.destroy();
    } catch (DestroyFailedException e) {
      // Bouncy Castle never can. The type says what that leaves.
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(this + " is closed");
    }
  }

  @Override
  public String toString() {
    return "private half of " + encapsulationKey;
  }
}
