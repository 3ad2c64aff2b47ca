package dev.qudag.consensus.chain.identity;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * A node says who it is, signed by the key it names, in answer to the operator's nonce.
 *
 * @param nonce 32 bytes that the operator drew for this call
 * @param tlsFingerprint SHA-256 of the SubjectPublicKeyInfo of the node's TLS key
 */
public record EnrolmentStatement(
    String swarmUid,
    String podUid,
    NodeRole role,
    String name,
    Bytes nonce,
    VerifyingKey signingKey,
    Digest tlsFingerprint) {
  /** Length of the nonce in bytes. */
  public static final int NONCE_SIZE = 32;

  private static final String TAG = "qudag.dev/v1/enrolment";

  public EnrolmentStatement {
    Fields.name("swarmUid", swarmUid);
    Fields.name("podUid", podUid);
    Fields.name("name", name);
    Fields.size("nonce", nonce, NONCE_SIZE);
  }

  public byte[] encode() {
    return CanonicalWriter.tagged(TAG)
        .text(swarmUid)
        .text(podUid)
        .text(role.wireName())
        .text(name)
        .bytes(nonce)
        .key(signingKey)
        .digest(tlsFingerprint)
        .toByteArray();
  }

  public static EnrolmentStatement decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG,
        bytes,
        in ->
            new EnrolmentStatement(
                in.text(),
                in.text(),
                NodeRole.of(in.text()),
                in.text(),
                in.bytes(),
                in.key(),
                in.digest()));
  }

  /** Whether the signature over this statement is by the key that it names. */
  public boolean isSigned(Bytes signature) {
    return signingKey.verify(encode(), signature);
  }
}
