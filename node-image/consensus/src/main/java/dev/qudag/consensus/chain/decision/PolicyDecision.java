package dev.qudag.consensus.chain.decision;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.util.List;
import java.util.Optional;

/**
 * That another policy comes into force, on the operator's word.
 *
 * @param sequence number of policy changes before this one, so that a change back can not be
 *     replayed
 * @param previousDigest of the policy in force until then
 * @param administrator needed where genesis names administrator keys; over the same bytes as the
 *     operator's signature
 */
public record PolicyDecision(
    Digest chainId,
    long sequence,
    Digest previousDigest,
    Policy next,
    Bytes operatorSignature,
    Optional<AdminSignature> administrator)
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
        operator.sign(signedBytes(chainId, sequence, previous, next)),
        Optional.empty());
  }

  /** The same change with an administrator's signature. */
  public PolicyDecision endorsed(AdminSignature signature) {
    return new PolicyDecision(
        chainId, sequence, previousDigest, next, operatorSignature, Optional.of(signature));
  }

  /** What operator and administrator sign. */
  public byte[] signedBytes() {
    return signedBytes(chainId, sequence, previousDigest, next);
  }

  public boolean isSignedBy(VerifyingKey operator) {
    return operator.verify(signedBytes(), operatorSignature);
  }

  @Override
  public String kind() {
    return "PolicyChange";
  }

  @Override
  public byte[] encode() {
    return CanonicalWriter.tagged(TAG)
        .bytes(signedBytes())
        .bytes(operatorSignature)
        .list(administrator.stream().toList(), (out, admin) -> admin.writeTo(out))
        .toByteArray();
  }

  public static PolicyDecision decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG, bytes, in -> readSigned(in.byteArray(), in.bytes(), readAdministrator(in)));
  }

  private static PolicyDecision readSigned(
      byte[] signed, Bytes signature, Optional<AdminSignature> administrator) {
    return CanonicalReader.read(
        SIGNED_TAG,
        signed,
        in ->
            new PolicyDecision(
                in.digest(),
                in.int64(),
                in.digest(),
                Policy.decode(in.byteArray()),
                signature,
                administrator));
  }

  private static Optional<AdminSignature> readAdministrator(CanonicalReader in) {
    List<AdminSignature> signatures = in.list(AdminSignature::readFrom);
    if (signatures.size() > 1) {
      throw new MalformedEncodingException(signatures.size() + " administrators, at most 1 signs");
    }
    return signatures.stream().findFirst();
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
