package dev.qudag.merge.signature;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * An Ed25519 key that signs commits, from the file that {@code ssh-keygen -t ed25519} writes
 * (PROTOCOL.key of OpenSSH), without a passphrase. Signing the same twice gives the same bytes.
 */
public final class SshSigningKey {
  private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
  private static final String END = "-----END OPENSSH PRIVATE KEY-----";
  private static final byte[] MAGIC = SshWire.ascii("openssh-key-v1\0");
  private static final byte[] NONE = SshWire.ascii("none");
  private static final int MAX_TEXT = 16 * 1024;

  private final PrivateKey key;
  private final SshPublicKey publicKey;

  private SshSigningKey(PrivateKey key, SshPublicKey publicKey) {
    this.key = key;
    this.publicKey = publicKey;
  }

  /**
   * @throws IllegalArgumentException when it is no such file; the message repeats nothing of it
   */
  public static SshSigningKey parse(String file) {
    String text = file.strip();
    if (text.length() > MAX_TEXT || !text.startsWith(BEGIN) || !text.endsWith(END)) {
      throw new IllegalArgumentException(
          "it is no private key of OpenSSH: make one with ssh-keygen -t ed25519");
    }
    var in = ByteBuffer.wrap(base64(text.substring(BEGIN.length(), text.length() - END.length())));
    byte[] magic = new byte[Math.min(MAGIC.length, in.remaining())];
    in.get(magic);
    byte[] cipher = SshWire.next(in).orElseThrow(SshSigningKey::damaged);
    byte[] derivation = SshWire.next(in).orElseThrow(SshSigningKey::damaged);
    byte[] options = SshWire.next(in).orElseThrow(SshSigningKey::damaged);
    if (!Arrays.equals(magic, MAGIC)) {
      throw damaged();
    }
    if (!Arrays.equals(cipher, NONE) || !Arrays.equals(derivation, NONE) || options.length > 0) {
      throw new IllegalArgumentException(
          "it has a passphrase, which nobody is there to type: make one with ssh-keygen -N ''");
    }
    if (in.remaining() < Integer.BYTES || in.getInt() != 1) {
      throw damaged();
    }
    byte[] blob = SshWire.next(in).orElseThrow(SshSigningKey::damaged);
    return secret(blob, ByteBuffer.wrap(SshWire.next(in).orElseThrow(SshSigningKey::damaged)));
  }

  /** Two equal numbers, then type, public half, seed with public half. */
  private static SshSigningKey secret(byte[] blob, ByteBuffer in) {
    if (in.remaining() < 2 * Integer.BYTES) {
      throw damaged();
    }
    int check = in.getInt();
    if (in.getInt() != check) {
      throw damaged();
    }
    Optional<byte[]> type = SshWire.next(in);
    if (type.filter(t -> Arrays.equals(t, SshWire.ascii(SshPublicKey.TYPE))).isEmpty()) {
      throw new IllegalArgumentException(
          "it is not an Ed25519 key: make one with ssh-keygen -t ed25519");
    }
    byte[] half = SshWire.next(in).orElseThrow(SshSigningKey::damaged);
    byte[] both = SshWire.next(in).orElseThrow(SshSigningKey::damaged);
    if (half.length != SshPublicKey.SIZE || both.length != 2 * SshPublicKey.SIZE) {
      throw damaged();
    }
    var publicKey = SshPublicKey.of(half);
    var key = new SshSigningKey(privateKey(Arrays.copyOf(both, SshPublicKey.SIZE)), publicKey);
    byte[] probe = SshWire.ascii("probe");
    if (!Arrays.equals(blob, publicKey.blob()) || !publicKey.verify(probe, key.sign(probe))) {
      throw damaged();
    }
    return key;
  }

  private static PrivateKey privateKey(byte[] seed) {
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  private static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(damaged().getMessage(), e);
    }
  }

  private static IllegalArgumentException damaged() {
    return new IllegalArgumentException(
        "it is a damaged private key: put the whole file of ssh-keygen -t ed25519 there");
  }

  public SshPublicKey publicKey() {
    return publicKey;
  }

  /**
   * The 64 bytes of the signature.
   *
   * @param commit without a signature in it
   */
  public byte[] sign(byte[] commit) {
    try {
      var signer = Signature.getInstance("Ed25519");
      signer.initSign(key);
      signer.update(SshSignature.toSign(commit));
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an Ed25519 key that was read does not sign", e);
    }
  }

  /** Nothing of the secret. */
  @Override
  public String toString() {
    return "private key of " + publicKey;
  }
}
