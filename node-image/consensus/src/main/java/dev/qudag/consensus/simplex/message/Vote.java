package dev.qudag.consensus.simplex.message;

import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * One member's signed ballot.
 *
 * @param signer the member's index in the {@link ValidatorSet} of the ballot's epoch
 */
public record Vote(Ballot ballot, int signer, Bytes signature) implements Message {
  public boolean isSignedBy(ValidatorSet set) {
    return set.verify(signer, ballot.encode(), signature);
  }

  void writeTo(CanonicalWriter out) {
    ballot.writeTo(out);
    out.int32(signer).bytes(signature);
  }

  static Vote readFrom(CanonicalReader in) {
    return new Vote(Ballot.readFrom(in), in.int32(), in.bytes());
  }
}
