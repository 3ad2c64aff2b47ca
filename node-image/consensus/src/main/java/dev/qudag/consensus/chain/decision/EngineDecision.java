package dev.qudag.consensus.chain.decision;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * That another merge engine comes into force, on the operator's word.
 *
 * <p>Who approves it says that it has the engine and gets the same trees with it. All members must
 * approve, not only a quorum: one that lacks the engine could judge nothing afterwards.
 *
 * @param sequence number of engine changes before this one, so that a change back can not be
 *     replayed
 * @param previousDigest of the engine in force until then; zero before the first change
 */
public record EngineDecision(
    Digest chainId, long sequence, Digest previousDigest, Digest next, Bytes operatorSignature)
    implements Decision {
  static final String TAG = "qudag.dev/v1/engine-decision";
  private static final String SIGNED_TAG = "qudag.dev/v1/engine-change";

  public EngineDecision {
    Fields.require(sequence >= 0, "sequence", Long.toString(sequence), "not negative");
    Fields.require(
        !next.equals(Digest.ZERO) && !next.equals(previousDigest),
        "next engine",
        next.hex(),
        "another engine than the one in force");
    Fields.size("operator signature", operatorSignature, VerifyingKey.SIGNATURE_SIZE);
  }

  public static EngineDecision sign(
      Digest chainId, long sequence, Digest previous, Digest next, SigningKey operator) {
    return new EngineDecision(
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
    return "EngineChange";
  }

  @Override
  public byte[] encode() {
    return CanonicalWriter.tagged(TAG)
        .bytes(signedBytes(chainId, sequence, previousDigest, next))
        .bytes(operatorSignature)
        .toByteArray();
  }

  public static EngineDecision decode(byte[] bytes) {
    return CanonicalReader.read(TAG, bytes, in -> readSigned(in.byteArray(), in.bytes()));
  }

  private static EngineDecision readSigned(byte[] signed, Bytes signature) {
    return CanonicalReader.read(
        SIGNED_TAG,
        signed,
        in -> new EngineDecision(in.digest(), in.int64(), in.digest(), in.digest(), signature));
  }

  private static byte[] signedBytes(Digest chainId, long sequence, Digest previous, Digest next) {
    return CanonicalWriter.tagged(SIGNED_TAG)
        .digest(chainId)
        .int64(sequence)
        .digest(previous)
        .digest(next)
        .toByteArray();
  }
}
