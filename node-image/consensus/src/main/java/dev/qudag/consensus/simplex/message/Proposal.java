package dev.qudag.consensus.simplex.message;

import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.List;
import java.util.Optional;

/**
 * A leader's block with all that a member needs to vote on it.
 *
 * @param vote the leader's own NOTARIZE vote: its signature is the proposal's
 * @param parent a NOTARIZE or FINALIZE certificate over the parent; empty when the epoch begins on
 *     the parent
 * @param skipped a NULLIFY certificate for each view between the parent's and the block's, rising
 */
public record Proposal(
    Block block, Vote vote, Optional<Certificate> parent, List<Certificate> skipped)
    implements Message {
  public Proposal {
    skipped = List.copyOf(skipped);
  }

  public long view() {
    return block.header().view();
  }

  void writeTo(CanonicalWriter out) {
    out.bytes(block.encode());
    vote.writeTo(out);
    out.list(parent.stream().toList(), (writer, certificate) -> certificate.writeTo(writer));
    out.list(skipped, (writer, certificate) -> certificate.writeTo(writer));
  }

  static Proposal readFrom(CanonicalReader in) {
    Block block = Block.decode(in.byteArray());
    Vote vote = Vote.readFrom(in);
    List<Certificate> parent = in.list(Certificate::readFrom);
    if (parent.size() > 1) {
      throw new IllegalArgumentException(parent.size() + " certificates of one parent");
    }
    return new Proposal(block, vote, parent.stream().findFirst(), in.list(Certificate::readFrom));
  }
}
