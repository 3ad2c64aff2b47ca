package dev.qudag.consensus.chain.decision;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * That a decision and every later one on its branch could not land: the branch goes back to the
 * commit that it had before.
 *
 * <p>It is the hub's word, since only the hub sees whether upstream takes a commit. A hub that lies
 * here delays; it lands nothing.
 *
 * @param branch full ref name
 * @param head where the branch stands, so that a decision which comes between is not voided unseen
 * @param voided digest of the first decision that could not land
 * @param reason one line of at most 256 characters
 */
public record VoidDecision(
    Digest chainId, String branch, String head, Digest voided, String reason, Bytes hubSignature)
    implements Decision {
  static final String TAG = "qudag.dev/v1/void-decision";
  private static final String SIGNED_TAG = "qudag.dev/v1/void";

  public VoidDecision {
    Fields.branch(branch);
    Fields.objectId("head", head);
    Fields.line("reason", reason, Fields.MAX_TITLE);
    Fields.size("hub signature", hubSignature, VerifyingKey.SIGNATURE_SIZE);
  }

  public static VoidDecision sign(
      Digest chainId, String branch, String head, Digest voided, String reason, SigningKey hub) {
    return new VoidDecision(
        chainId,
        branch,
        head,
        voided,
        reason,
        hub.sign(signedBytes(chainId, branch, head, voided, reason)));
  }

  public boolean isSignedBy(VerifyingKey hub) {
    return hub.verify(signedBytes(chainId, branch, head, voided, reason), hubSignature);
  }

  @Override
  public String kind() {
    return "Void";
  }

  @Override
  public byte[] encode() {
    return CanonicalWriter.tagged(TAG)
        .bytes(signedBytes(chainId, branch, head, voided, reason))
        .bytes(hubSignature)
        .toByteArray();
  }

  public static VoidDecision decode(byte[] bytes) {
    return CanonicalReader.read(TAG, bytes, in -> readSigned(in.byteArray(), in.bytes()));
  }

  private static VoidDecision readSigned(byte[] signed, Bytes signature) {
    return CanonicalReader.read(
        SIGNED_TAG,
        signed,
        in ->
            new VoidDecision(in.digest(), in.text(), in.text(), in.digest(), in.text(), signature));
  }

  private static byte[] signedBytes(
      Digest chainId, String branch, String head, Digest voided, String reason) {
    return CanonicalWriter.tagged(SIGNED_TAG)
        .digest(chainId)
        .text(branch)
        .text(head)
        .digest(voided)
        .text(reason)
        .toByteArray();
  }
}
