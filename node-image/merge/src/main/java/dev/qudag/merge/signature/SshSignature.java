package dev.qudag.merge.signature;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * What is signed of a commit, and how the signature stands in it: PROTOCOL.sshsig of OpenSSH with
 * the name space {@code git}, in the header {@code gpgsig} (gitformat-signature(5)).
 */
public final class SshSignature {
  private static final byte[] MAGIC = SshWire.ascii("SSHSIG");
  private static final byte[] NAMESPACE = SshWire.ascii("git");
  private static final byte[] RESERVED = {};
  private static final byte[] HASH = SshWire.ascii("sha512");
  private static final int VERSION = 1;
  private static final int COLUMNS = 68;
  private static final String HEADER = "gpgsig";

  private SshSignature() {}

  /**
   * The bytes that the key signs.
   *
   * @param commit without a signature in it
   */
  static byte[] toSign(byte[] commit) {
    return SshWire.concat(MAGIC, SshWire.strings(NAMESPACE, RESERVED, HASH, sha512(commit)));
  }

  /** The text that begins with {@code BEGIN SSH SIGNATURE}, as git has it. */
  static String armored(SshPublicKey key, byte[] signature) {
    byte[] strings =
        SshWire.strings(
            key.blob(),
            NAMESPACE,
            RESERVED,
            HASH,
            SshWire.strings(SshWire.ascii(SshPublicKey.TYPE), signature));
    byte[] version = ByteBuffer.allocate(Integer.BYTES).putInt(VERSION).array();
    byte[] blob = SshWire.concat(MAGIC, SshWire.concat(version, strings));
    return "-----BEGIN SSH SIGNATURE-----\n"
        + Base64.getMimeEncoder(COLUMNS, SshWire.ascii("\n")).encodeToString(blob)
        + "\n-----END SSH SIGNATURE-----";
  }

  /**
   * The commit with the signature as its last header.
   *
   * @param commit as {@link dev.qudag.merge.CommitBuilder} writes it
   */
  public static byte[] into(byte[] commit, SshPublicKey key, byte[] signature) {
    String text = new String(commit, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\n\n") + 1;
    String header = HEADER + " " + armored(key, signature).replace("\n", "\n ") + "\n";
    return (text.substring(0, end) + header + text.substring(end))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] sha512(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-512").digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-512", e);
    }
  }
}
