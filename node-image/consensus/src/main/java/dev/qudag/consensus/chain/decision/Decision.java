package dev.qudag.consensus.chain.decision;

import dev.qudag.crypto.CanonicalReader;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.MalformedEncodingException;

/** Something that validators judge, attest and order, and that then changes the chain's state. */
public sealed interface Decision permits MergeDecision, PolicyDecision {
  Digest chainId();

  byte[] encode();

  /** SHA-256 of the encoding: what attestations approve and certificates prove. */
  default Digest digest() {
    return Digest.sha256(encode());
  }

  /** A decision of either kind, by its tag. */
  static Decision decode(byte[] bytes) {
    return switch (CanonicalReader.tagOf(bytes)) {
      case MergeDecision.TAG -> MergeDecision.decode(bytes);
      case PolicyDecision.TAG -> PolicyDecision.decode(bytes);
      default ->
          throw new MalformedEncodingException("neither a merge decision nor a policy decision");
    };
  }
}
