package dev.qudag.consensus.attestation;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * A vertex that another one was made on. It names the place as well as the digest: so whoever has
 * pruned the vertex, or never needs it, still knows that nothing is missing.
 *
 * @param author index of the parent's author in the set
 * @param sequence number of vertices of that author before the parent
 */
public record ParentLink(int author, long sequence, Digest digest) {
  public ParentLink {
    if (author < 0 || sequence < 0) {
      throw new IllegalArgumentException(
          "parent " + sequence + " of author " + author + ": expected no negative number");
    }
  }

  void writeTo(CanonicalWriter out) {
    out.int32(author).int64(sequence).digest(digest);
  }

  static ParentLink readFrom(CanonicalReader in) {
    return new ParentLink(in.int32(), in.int64(), in.digest());
  }
}
