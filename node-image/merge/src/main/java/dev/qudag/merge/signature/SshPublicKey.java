package dev.qudag.merge.signature;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** The public half of an Ed25519 key of SSH (RFC 8709). */
public final class SshPublicKey {
  /** Length of the key in bytes. */
  public static final int SIZE = 32;

  static final String TYPE = "ssh-ed25519";

  /** SubjectPublicKeyInfo of an Ed25519 key, up to the key (RFC 8410, section 4). */
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final byte[] raw;

  private SshPublicKey(byte[] raw) {
    this.raw = raw;
  }

  /**
   * @param raw the 32 bytes of RFC 8032
   */
  public static SshPublicKey of(byte[] raw) {
    if (raw.length != SIZE) {
      throw new IllegalArgumentException(
          "an Ed25519 key has " + SIZE + " bytes, not " + raw.length);
    }
    return new SshPublicKey(raw.clone());
  }

  /** A fresh copy of the 32 bytes. */
  public byte[] raw() {
    return raw.clone();
  }

  byte[] blob() {
    return SshWire.strings(SshWire.ascii(TYPE), raw);
  }

  /** Whether the commit, without a signature in it, was signed with the key by these 64 bytes. */
  public boolean verify(byte[] commit, byte[] signature) {
    try {
      var verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key());
      verifier.update(SshSignature.toSign(commit));
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private PublicKey key() throws GeneralSecurityException {
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new X509EncodedKeySpec(SshWire.concat(X509_PREFIX, raw)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SshPublicKey that && Arrays.equals(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(raw);
  }

  /** The line that ssh-keygen writes, without a comment. */
  @Override
  public String toString() {
    return TYPE + " " + Base64.getEncoder().encodeToString(blob());
  }
}
