package dev.qudag.consensus.simplex.message;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.List;

/**
 * Asks a peer for what the sender misses: proposals by block digest, certificates by view.
 * Unsigned; the answers prove themselves.
 */
public record Wanted(List<Digest> blocks, List<Long> views) implements Message {
  /** The most a node asks for, or answers, at once. */
  public static final int MOST = 16;

  public Wanted {
    blocks = List.copyOf(blocks);
    views = List.copyOf(views);
    if (blocks.size() > MOST || views.size() > MOST) {
      throw new IllegalArgumentException(
          blocks.size()
              + " blocks and "
              + views.size()
              + " views wanted, at most "
              + MOST
              + " of each");
    }
  }

  public boolean isEmpty() {
    return blocks.isEmpty() && views.isEmpty();
  }

  void writeTo(CanonicalWriter out) {
    out.list(blocks, CanonicalWriter::digest).list(views, CanonicalWriter::int64);
  }

  static Wanted readFrom(CanonicalReader in) {
    return new Wanted(in.list(CanonicalReader::digest), in.list(CanonicalReader::int64));
  }
}
