package dev.qudag.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * An ML-DSA-87 private key (FIPS 204) with its public half.
 *
 * <p>Signing is hedged: fresh randomness goes into every signature with either provider, so two
 * signatures over the same bytes differ and both are valid. What must not be signed twice is the
 * caller's to know.
 */
public final class SigningKey {
  /** Length in bytes of the raw expanded key. */
  public static final int SIZE = MlDsa87.PRIVATE_KEY_BYTES;

  private final byte[] expanded;
  private final PrivateKey key;
  private final VerifyingKey verifyingKey;
  private final PostQuantumProvider provider;
  private final SecureRandom random;

  private SigningKey(
      byte[] expanded,
      VerifyingKey verifyingKey,
      PostQuantumProvider provider,
      SecureRandom random) {
    this.expanded = expanded;
    this.verifyingKey = verifyingKey;
    this.provider = provider;
    this.random = random;
    try {
      this.key =
          KeyFactory.getInstance(MlDsa87.KEY_ALGORITHM, provider.signatures())
              .generatePrivate(new PKCS8EncodedKeySpec(MlDsa87.PKCS8.wrap(expanded)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an expanded ML-DSA-87 private key", e);
    }
  }

  /** A new key by the configured provider. */
  public static SigningKey generate() {
    return generate(PostQuantumProvider.configured(), new SecureRandom());
  }

  static SigningKey generate(PostQuantumProvider provider, SecureRandom random) {
    try {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(MlDsa87.KEY_ALGORITHM, provider.signatures());
      generator.initialize(NamedParameterSpec.ML_DSA_87, random);
      KeyPair pair = generator.generateKeyPair();
      return new SigningKey(
          MlDsa87.PKCS8.unwrap(pair.getPrivate().getEncoded()),
          VerifyingKey.of(MlDsa87.X509.unwrap(pair.getPublic().getEncoded()), provider),
          provider,
          random);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(provider + " has no " + MlDsa87.KEY_ALGORITHM, e);
    }
  }

  /**
   * A stored key.
   *
   * @param expanded the 4896 raw bytes of the expanded private key
   * @param publicKey the 2592 raw bytes of the public key
   * @throws IllegalArgumentException when a length is wrong, a secret coefficient is out of range,
   *     or the two are not halves of one key
   */
  public static SigningKey of(byte[] expanded, byte[] publicKey) {
    return of(expanded, publicKey, PostQuantumProvider.configured(), new SecureRandom());
  }

  static SigningKey of(
      byte[] expanded, byte[] publicKey, PostQuantumProvider provider, SecureRandom random) {
    if (expanded.length != SIZE) {
      throw new IllegalArgumentException(
          "an expanded ML-DSA-87 private key has " + SIZE + " bytes, not " + expanded.length);
    }
    if (!MlDsa87.hasShortSecrets(expanded)) {
      throw new IllegalArgumentException(
          "an expanded ML-DSA-87 private key has secret coefficients from -2 to 2 only");
    }
    SigningKey key =
        new SigningKey(expanded.clone(), VerifyingKey.of(publicKey, provider), provider, random);
    byte[] probe = "qudag.dev/v1/key-self-test".getBytes(StandardCharsets.US_ASCII);
    if (!key.verifyingKey.verify(probe, key.sign(probe))) {
      throw new IllegalArgumentException("the private key does not belong to " + key.verifyingKey);
    }
    return key;
  }

  /** A signature of 4627 bytes over exactly these bytes. */
  public Bytes sign(byte[] message) {
    try {
      Signature signer = Signature.getInstance(MlDsa87.SIGNATURE_ALGORITHM, provider.signatures());
      signer.initSign(
          key, random); // Bouncy Castle signs deterministically without a source of randomness.
      signer.update(message);
      return Bytes.of(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign with " + verifyingKey, e);
    }
  }

  public VerifyingKey verifyingKey() {
    return verifyingKey;
  }

  /** The key as the provider that computes with it knows it. */
  PrivateKey privateKey() {
    return key;
  }

  /** A fresh copy of the 4896 raw bytes. Secret: for the node's own volume only. */
  byte[] expanded() {
    return expanded.clone();
  }

  @Override
  public String toString() {
    return "private half of " + verifyingKey;
  }
}
