package dev.qudag.consensus.chain.decision;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * From one policy to another: what the operator signs, and an administrator where genesis names
 * some.
 *
 * @param sequence how many changes of the policy the chain has seen, so that a change back can not
 *     be replayed
 * @param previousDigest of the policy in force until then
 */
public record PolicyChange(Digest chainId, long sequence, Digest previousDigest, Policy next) {
  /** What its encoding begins with. */
  public static final String TAG = "qudag.dev/v1/policy-change";

  public PolicyChange {
    Fields.require(sequence >= 0, "sequence", Long.toString(sequence), "not negative");
  }

  /** The bytes that are signed. */
  public byte[] encode() {
    return CanonicalWriter.tagged(TAG)
        .digest(chainId)
        .int64(sequence)
        .digest(previousDigest)
        .bytes(next.encode())
        .toByteArray();
  }

  public static PolicyChange decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG,
        bytes,
        in ->
            new PolicyChange(in.digest(), in.int64(), in.digest(), Policy.decode(in.byteArray())));
  }
}
