package dev.qudag.crypto.seal;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The key and nonce of exactly one sealed secret: HKDF-SHA256 (RFC 5869, no salt) of a shared
 * secret that ML-KEM made afresh, so that no nonce is ever used twice under one key. Closing it
 * zeroes them; the shared secret is in an object of the JDK's that nobody can zero.
 */
final class ContentKey implements AutoCloseable {
  private final SealingAlgorithm algorithm;
  private final byte[] material;

  private ContentKey(SealingAlgorithm algorithm, byte[] material) {
    this.algorithm = algorithm;
    this.material = material;
  }

  /**
   * @param context all that the secret is bound to
   */
  static ContentKey derive(SealingAlgorithm algorithm, SecretKey sharedSecret, byte[] context) {
    var parameters =
        HKDFParameterSpec.ofExtract()
            .addIKM(sharedSecret)
            .thenExpand(context, SealingAlgorithm.KEY_BYTES + SealingAlgorithm.NONCE_BYTES);
    try {
      return new ContentKey(algorithm, KDF.getInstance("HKDF-SHA256").deriveData(parameters));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no HKDF-SHA256", e);
    }
  }

  byte[] encrypt(byte[] plaintext, byte[] context) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, context).doFinal(plaintext);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + algorithm, e);
    }
  }

  /**
   * @throws SealRefusedException when the ciphertext was not made with this key and context
   */
  byte[] decrypt(byte[] ciphertext, byte[] context) {
    try {
      return cipher(Cipher.DECRYPT_MODE, context).doFinal(ciphertext);
    } catch (AEADBadTagException e) {
      throw new SealRefusedException("the sealed secret was changed", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + algorithm, e);
    }
  }

  private Cipher cipher(int mode, byte[] context) throws GeneralSecurityException {
    byte[] nonce = Arrays.copyOfRange(material, SealingAlgorithm.KEY_BYTES, material.length);
    Cipher cipher = Cipher.getInstance(algorithm.cipher());
    cipher.init(mode, new CipherKey(), algorithm.parameters(nonce));
    cipher.updateAAD(context);
    return cipher;
  }

  @Override
  public void close() {
    Arrays.fill(material, (byte) 0);
  }

  /** The key for a cipher. {@code SecretKeySpec} would keep a copy that nobody can zero. */
  private final class CipherKey implements SecretKey {
    @Override
    public String getAlgorithm() {
      return algorithm.keyAlgorithm();
    }

    @Override
    public String getFormat() {
      return "RAW";
    }

    @Override
    public byte[] getEncoded() {
      return Arrays.copyOf(material, SealingAlgorithm.KEY_BYTES);
    }
  }
}
