package dev.qudag.consensus.attestation;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.List;

/**
 * How far a member is: a version vector over the authors. Whoever gets it answers with what the
 * sender lacks.
 *
 * @param extents one for each member of the set, by index
 */
public record Frontier(Digest chainId, long epoch, List<Extent> extents) implements DagMessage {
  private static final String TAG = "qudag.dev/v1/frontier";
  private static final int MOST_EXTENTS = 256;

  /**
   * What a member holds of one author: the vertices from {@code floor} to before {@code next}.
   *
   * @param floor vertices before this sequence number are not needed by this member any more
   * @param next sequence number of the first vertex that is not here
   * @param last digest of the vertex before {@code next}; zeros when there is none, or it is not
   *     known
   * @param convicted whether the author is proven to have equivocated: nothing is held of it then
   */
  public record Extent(long floor, long next, Digest last, boolean convicted) {
    public Extent {
      if (floor < 0 || next < floor) {
        throw new IllegalArgumentException(
            "vertices from %d to %d: expected 0 ≤ floor ≤ next".formatted(floor, next));
      }
    }

    private void writeTo(CanonicalWriter out) {
      out.int64(floor).int64(next).digest(last).bool(convicted);
    }

    private static Extent readFrom(CanonicalReader in) {
      return new Extent(in.int64(), in.int64(), in.digest(), in.bool());
    }
  }

  public Frontier {
    extents = List.copyOf(extents);
    if (extents.size() > MOST_EXTENTS) {
      throw new IllegalArgumentException(
          extents.size() + " authors, expected at most " + MOST_EXTENTS);
    }
  }

  public Extent of(int author) {
    return extents.get(author);
  }

  byte[] encode() {
    return CanonicalWriter.tagged(TAG)
        .digest(chainId)
        .int64(epoch)
        .list(extents, (out, extent) -> extent.writeTo(out))
        .toByteArray();
  }

  static Frontier decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG, bytes, in -> new Frontier(in.digest(), in.int64(), in.list(Extent::readFrom)));
  }
}
