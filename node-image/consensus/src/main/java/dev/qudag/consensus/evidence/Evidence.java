package dev.qudag.consensus.evidence;

import dev.qudag.consensus.attestation.DagEquivocation;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.MalformedEncodingException;

/**
 * Two signed parts that no honest validator signs both of. It is self-contained, and its parts
 * stand in one order whichever was found first, so the same parts are the same bytes.
 *
 * <p>Signatures are hedged: two findings of one deed may differ in bytes. What is acted on once is
 * the {@link dev.qudag.consensus.chain.identity.Offence}. Silence and lateness are no evidence, nor
 * are finalizations of different views ({@link SafetyViolation}).
 */
public sealed interface Evidence
    permits DuplicateVote,
        ConflictingProposal,
        NullifyAndFinalize,
        ConflictingCertificates,
        ConflictingVertices {
  byte[] encode();

  /** The epoch that its parts are of, whose set judges it. */
  long epoch();

  /**
   * Whom it convicts.
   *
   * @param chainId of the chain that judges
   * @param set the voters of the epoch that the parts are of: a part names its signer by its place
   *     among them
   */
  Conviction verify(Digest chainId, MemberSet set);

  /** SHA-256 of the encoding: what a set change names. */
  default Digest digest() {
    return Digest.sha256(encode());
  }

  /**
   * Evidence of any kind, by its tag.
   *
   * @throws MalformedEncodingException when the bytes are none; also when their parts agree
   */
  static Evidence decode(byte[] bytes) {
    return switch (CanonicalReader.tagOf(bytes)) {
      case DuplicateVote.TAG -> DuplicateVote.decode(bytes);
      case ConflictingProposal.TAG -> ConflictingProposal.decode(bytes);
      case NullifyAndFinalize.TAG -> NullifyAndFinalize.decode(bytes);
      case ConflictingCertificates.TAG -> ConflictingCertificates.decode(bytes);
      case DagEquivocation.TAG -> new ConflictingVertices(DagEquivocation.decode(bytes));
      default -> throw new MalformedEncodingException("no kind of evidence has this tag");
    };
  }
}
