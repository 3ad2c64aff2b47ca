package dev.qudag.consensus.chain.identity;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * The operator as genesis names it: its word grants workspaces and changes policy, it lands
 * nothing.
 */
public record OperatorIdentity(VerifyingKey signingKey, Digest tlsFingerprint) {
  public void writeTo(CanonicalWriter out) {
    out.key(signingKey).digest(tlsFingerprint);
  }

  public static OperatorIdentity readFrom(CanonicalReader in) {
    return new OperatorIdentity(in.key(), in.digest());
  }
}
