package dev.qudag.consensus.chain.decision;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.MalformedEncodingException;

/**
 * Something that validators judge, attest and order, and that then changes the chain's state.
 *
 * <p>Every kind names the part of the state that it replaces, so it is valid on the state that its
 * predecessors leave and on no other.
 */
public sealed interface Decision
    permits LandingDecision,
        VoidDecision,
        AdoptDecision,
        PolicyDecision,
        EngineDecision,
        SetDecision {
  Digest chainId();

  /** What people call this kind. */
  String kind();

  byte[] encode();

  /** SHA-256 of the encoding: what attestations approve and certificates prove. */
  default Digest digest() {
    return Digest.sha256(encode());
  }

  /**
   * Whether it changes policy or set on somebody's word, which is handed in from outside; what else
   * changes is found or made by hub and validators.
   */
  default boolean isHandedIn() {
    return switch (this) {
      case PolicyDecision change -> true;
      case SetDecision change -> change.grounds().isWord();
      case LandingDecision landing -> false;
      case VoidDecision undone -> false;
      case AdoptDecision adopt -> false;
      case EngineDecision change -> false;
    };
  }

  /** A decision of any kind, by its tag. */
  static Decision decode(byte[] bytes) {
    return switch (CanonicalReader.tagOf(bytes)) {
      case MergeDecision.TAG, MergeDecision.TAG_WITH_LANDING -> MergeDecision.decode(bytes);
      case RevertDecision.TAG, RevertDecision.TAG_WITH_LANDING -> RevertDecision.decode(bytes);
      case BatchDecision.TAG -> BatchDecision.decode(bytes);
      case VoidDecision.TAG -> VoidDecision.decode(bytes);
      case AdoptDecision.TAG -> AdoptDecision.decode(bytes);
      case PolicyDecision.TAG -> PolicyDecision.decode(bytes);
      case EngineDecision.TAG -> EngineDecision.decode(bytes);
      case SetDecision.TAG -> SetDecision.decode(bytes);
      default -> throw new MalformedEncodingException("no kind of decision has this tag");
    };
  }
}
