package dev.qudag.consensus.chain.decision;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.CanonicalReader;
import dev.qudag.crypto.CanonicalWriter;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.VerifyingKey;

/**
 * That another policy comes into force, on the operator's word.
 *
 * @param sequence number of policy changes before this one, so that a change back can not be
 *     replayed
 * @param previousDigest of the policy in force until then
 */
public record PolicyDecision(
    Digest chainId, long sequence, Digest previousDigest, Policy next, Bytes operatorSignature)
    implements Decision {
  static final String TAG = "qudag.dev/v1/policy-decision";
  private static final String SIGNED_TAG = "qudag.dev/v1/policy-change";

  public PolicyDecision {
    Fields.require(sequence >= 0, "sequence", Long.toString(sequence), "not negative");
    Fields.size("operator signature", operatorSignature, VerifyingKey.SIGNATURE_SIZE);
  }

  /**
   * The operator's decision to go from one policy to another.
   *
   * @param sequence how many changes of the policy the chain has seen
   * @param previous digest of the policy in force
   */
  public static PolicyDecision sign(
      Digest chainId, long sequence, Digest previous, Policy next, SigningKey operator) {
    return new PolicyDecision(
        chainId,
        sequence,
        previous,
        next,
        operator.sign(signedBytes(chainId, sequence, previous, next)));
  }

  public boolean isSignedBy(VerifyingKey operator) {
    return operator.verify(signedBytes(chainId, sequence, previousDigest, next), operatorSignature);
  }

  @Override
  public String kind() {
    return "PolicyChange";
  }

  @Override
  public byte[] encode() {
    return CanonicalWriter.tagged(TAG)
        .bytes(signedBytes(chainId, sequence, previousDigest, next))
        .bytes(operatorSignature)
        .toByteArray();
  }

  public static PolicyDecision decode(byte[] bytes) {
    return CanonicalReader.read(TAG, bytes, in -> readSigned(in.byteArray(), in.bytes()));
  }

  private static PolicyDecision readSigned(byte[] signed, Bytes signature) {
    return CanonicalReader.read(
        SIGNED_TAG,
        signed,
        in ->
            new PolicyDecision(
                in.digest(), in.int64(), in.digest(), Policy.decode(in.byteArray()), signature));
  }

  private static byte[] signedBytes(Digest chainId, long sequence, Digest previous, Policy next) {
    return CanonicalWriter.tagged(SIGNED_TAG)
        .digest(chainId)
        .int64(sequence)
        .digest(previous)
        .bytes(next.encode())
        .toByteArray();
  }
}
