package dev.qudag.consensus.chain.decision;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * That a branch takes over what upstream has: a fast-forward, which each validator sees in the
 * objects.
 *
 * <p>Upstream's commits are on nobody's word but that of those who saw them there, so two see them:
 * hub and operator both sign. Neither key alone brings a commit onto the branch.
 *
 * @param branch full ref name
 * @param base where the branch stands, 40 hexadecimal digits
 * @param commit what upstream has, a descendant of {@code base}
 */
public record AdoptDecision(
    Digest chainId,
    String branch,
    String base,
    String commit,
    Bytes hubSignature,
    Bytes operatorSignature)
    implements Decision {
  static final String TAG = "qudag.dev/v1/adopt-decision";
  private static final String SIGNED_TAG = "qudag.dev/v1/adopt-upstream";

  public AdoptDecision {
    Fields.branch(branch);
    Fields.objectId("base", base);
    Fields.objectId("commit", commit);
    Fields.size("hub signature", hubSignature, VerifyingKey.SIGNATURE_SIZE);
    Fields.size("operator signature", operatorSignature, VerifyingKey.SIGNATURE_SIZE);
  }

  /** What hub and operator sign. */
  public static byte[] signedBytes(Digest chainId, String branch, String base, String commit) {
    return CanonicalWriter.tagged(SIGNED_TAG)
        .digest(chainId)
        .text(branch)
        .text(base)
        .text(commit)
        .toByteArray();
  }

  /** The decision, for whoever holds both keys. */
  public static AdoptDecision sign(
      Digest chainId,
      String branch,
      String base,
      String commit,
      SigningKey hub,
      SigningKey operator) {
    byte[] signed = signedBytes(chainId, branch, base, commit);
    return new AdoptDecision(
        chainId, branch, base, commit, hub.sign(signed), operator.sign(signed));
  }

  public boolean isSignedByHub(VerifyingKey hub) {
    return hub.verify(signedBytes(chainId, branch, base, commit), hubSignature);
  }

  public boolean isSignedByOperator(VerifyingKey operator) {
    return operator.verify(signedBytes(chainId, branch, base, commit), operatorSignature);
  }

  @Override
  public String kind() {
    return "AdoptUpstream";
  }

  @Override
  public byte[] encode() {
    return CanonicalWriter.tagged(TAG)
        .bytes(signedBytes(chainId, branch, base, commit))
        .bytes(hubSignature)
        .bytes(operatorSignature)
        .toByteArray();
  }

  public static AdoptDecision decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG, bytes, in -> readSigned(in.byteArray(), in.bytes(), in.bytes()));
  }

  private static AdoptDecision readSigned(byte[] signed, Bytes hub, Bytes operator) {
    return CanonicalReader.read(
        SIGNED_TAG,
        signed,
        in -> new AdoptDecision(in.digest(), in.text(), in.text(), in.text(), hub, operator));
  }
}
