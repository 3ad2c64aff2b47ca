package dev.qudag.consensus.certificate;

import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.Electorate;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * The end of an epoch, proven by its own set: the set change, and the certificate that it is final.
 * Whoever knows one epoch's set knows the next one's by it.
 */
public record Seal(DecisionCertificate certificate, SetDecision decision) {
  private static final String TAG = "qudag.dev/v1/seal";

  /**
   * Who votes in the next epoch, once this seal is believed: the changed set, and where a committee
   * votes for it the one that the sealing block draws.
   *
   * @param set of the epoch that it ends
   * @throws IllegalArgumentException when the change leaves no set
   */
  public Electorate electorateAfter(MemberSet set) {
    SetChange change = decision.change();
    return Electorate.of(set.change(change.out(), change.in()), certificate.block().digest());
  }

  public byte[] encode() {
    return CanonicalWriter.tagged(TAG)
        .bytes(certificate.encode())
        .bytes(decision.encode())
        .toByteArray();
  }

  /**
   * A seal out of its encoding, not yet believed.
   *
   * @throws dev.qudag.crypto.encoding.MalformedEncodingException when the bytes are none
   */
  public static Seal decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG,
        bytes,
        in -> new Seal(DecisionCertificate.decode(in.byteArray()), readDecision(in.byteArray())));
  }

  private static SetDecision readDecision(byte[] bytes) {
    if (Decision.decode(bytes) instanceof SetDecision decision) {
      return decision;
    }
    throw new IllegalArgumentException("expected a set change, found another decision");
  }
}
