package dev.qudag.consensus.attestation;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.List;

/**
 * What a vertex holds.
 *
 * @param parents the author's vertex before, unless it is the first; then, by rising author, the
 *     last vertex that the author has seen of each other one
 * @param entries the batch, 1 to {@value #MOST_ENTRIES}
 */
public record VertexBody(List<ParentLink> parents, List<Entry> entries) {
  /** Entries that a vertex has at most. */
  public static final int MOST_ENTRIES = 16;

  private static final String TAG = "qudag.dev/v1/vertex-body";
  private static final int MOST_PARENTS = 256;

  public VertexBody {
    parents = List.copyOf(parents);
    entries = List.copyOf(entries);
    if (parents.size() > MOST_PARENTS) {
      throw new IllegalArgumentException(
          parents.size() + " parents, expected at most " + MOST_PARENTS);
    }
    if (entries.isEmpty() || entries.size() > MOST_ENTRIES) {
      throw new IllegalArgumentException(
          entries.size() + " entries, expected 1 to " + MOST_ENTRIES);
    }
  }

  byte[] encode() {
    return CanonicalWriter.tagged(TAG)
        .list(parents, (out, parent) -> parent.writeTo(out))
        .list(entries, (out, entry) -> entry.writeTo(out))
        .toByteArray();
  }

  static VertexBody decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG, bytes, in -> new VertexBody(in.list(ParentLink::readFrom), in.list(Entry::readFrom)));
  }

  public Digest digest() {
    return Digest.sha256(encode());
  }
}
