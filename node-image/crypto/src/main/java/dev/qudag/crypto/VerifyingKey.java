package dev.qudag.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/** An ML-DSA-87 public key (FIPS 204): 2592 raw bytes, known to people by its fingerprint. */
public final class VerifyingKey {
  /** Length in bytes of the raw key. */
  public static final int SIZE = MlDsa87.PUBLIC_KEY_BYTES;

  /** Length in bytes of a signature. */
  public static final int SIGNATURE_SIZE = MlDsa87.SIGNATURE_BYTES;

  /** How many good signatures a key remembers: it does not verify those again. */
  public static final int REMEMBERED = 1024;

  private final GoodSignatures good = new GoodSignatures(REMEMBERED);
  private final byte[] raw;
  private final PostQuantumProvider provider;
  private final PublicKey key;

  private VerifyingKey(byte[] raw, PostQuantumProvider provider) {
    this.raw = raw;
    this.provider = provider;
    try {
      this.key =
          KeyFactory.getInstance(MlDsa87.KEY_ALGORITHM, provider.signatures())
              .generatePublic(new X509EncodedKeySpec(MlDsa87.X509.wrap(raw)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an ML-DSA-87 public key", e);
    }
  }

  /**
   * A key out of its 2592 raw bytes, for the configured provider.
   *
   * @throws IllegalArgumentException when the length is another
   */
  public static VerifyingKey of(byte[] raw) {
    return of(raw, PostQuantumProvider.configured());
  }

  static VerifyingKey of(byte[] raw, PostQuantumProvider provider) {
    if (raw.length != SIZE) {
      throw new IllegalArgumentException(
          "an ML-DSA-87 public key has " + SIZE + " bytes, not " + raw.length);
    }
    return new VerifyingKey(raw.clone(), provider);
  }

  /**
   * Whether the signature is this key's over exactly these bytes. Anything that is not a signature,
   * whatever its length, is not one by this key.
   */
  public boolean verify(byte[] message, Bytes signature) {
    if (signature.size() != SIGNATURE_SIZE) {
      return false;
    }
    byte[] bytes = signature.toArray();
    Digest name = GoodSignatures.name(message, bytes);
    if (good.has(name)) {
      return true;
    }
    boolean isGood = verifyAnew(message, bytes);
    if (isGood) {
      good.add(name);
    }
    return isGood;
  }

  private boolean verifyAnew(byte[] message, byte[] signature) {
    try {
      Signature verifier =
          Signature.getInstance(MlDsa87.SIGNATURE_ALGORITHM, provider.signatures());
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (SignatureException malformed) {
      return false; // The JDK throws where Bouncy Castle answers false.
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("a key that was parsed is refused by " + provider, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(provider + " has no ML-DSA", e);
    }
  }

  /** SHA-256 of the raw bytes. */
  public Digest fingerprint() {
    return Digest.sha256(raw);
  }

  /** A fresh copy of the 2592 raw bytes. */
  public byte[] bytes() {
    return raw.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifyingKey that && Arrays.equals(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(raw);
  }

  @Override
  public String toString() {
    return "ML-DSA-87 key " + fingerprint().shortHex();
  }
}
