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
 * @param administrator needed where genesis names administrator keys; over the same bytes as the
 *     operator's signature
 */
public record PolicyDecision(
    PolicyChange change, Bytes operatorSignature, Optional<AdminSignature> administrator)
    implements Decision {
  static final String TAG = "qudag.dev/v1/policy-decision";

  public PolicyDecision {
    Fields.size("operator signature", operatorSignature, VerifyingKey.SIGNATURE_SIZE);
  }

  /** The operator's decision to go from one policy to another. */
  public static PolicyDecision sign(PolicyChange change, SigningKey operator) {
    return new PolicyDecision(change, operator.sign(change.encode()), Optional.empty());
  }

  /** The same change with an administrator's signature. */
  public PolicyDecision endorsed(AdminSignature signature) {
    return new PolicyDecision(change, operatorSignature, Optional.of(signature));
  }

  @Override
  public Digest chainId() {
    return change.chainId();
  }

  public long sequence() {
    return change.sequence();
  }

  public Digest previousDigest() {
    return change.previousDigest();
  }

  public Policy next() {
    return change.next();
  }

  public boolean isSignedBy(VerifyingKey operator) {
    return operator.verify(change.encode(), operatorSignature);
  }

  @Override
  public String kind() {
    return "PolicyChange";
  }

  @Override
  public byte[] encode() {
    return CanonicalWriter.tagged(TAG)
        .bytes(change.encode())
        .bytes(operatorSignature)
        .list(administrator.stream().toList(), (out, admin) -> admin.writeTo(out))
        .toByteArray();
  }

  public static PolicyDecision decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG,
        bytes,
        in ->
            new PolicyDecision(
                PolicyChange.decode(in.byteArray()), in.bytes(), readAdministrator(in)));
  }

  private static Optional<AdminSignature> readAdministrator(CanonicalReader in) {
    List<AdminSignature> signatures = in.list(AdminSignature::readFrom);
    if (signatures.size() > 1) {
      throw new MalformedEncodingException(signatures.size() + " administrators, at most 1 signs");
    }
    return signatures.stream().findFirst();
  }
}
