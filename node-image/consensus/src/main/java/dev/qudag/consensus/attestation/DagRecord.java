package dev.qudag.consensus.attestation;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.List;

/**
 * One entry of the log from which a member becomes again what it was: the facts in the order in
 * which they were taken in. What is in it was verified before.
 */
public sealed interface DagRecord {
  String TAG = "qudag.dev/v1/dag-record";

  /** A vertex, own or of another author. */
  record Accepted(Vertex vertex) implements DagRecord {}

  /** Decisions that ended: no vertex is needed for their sake. */
  record Ended(List<Digest> decisions) implements DagRecord {
    public Ended {
      decisions = List.copyOf(decisions);
    }
  }

  /** An author that is proven to have equivocated. */
  record Convicted(DagEquivocation evidence) implements DagRecord {}

  /**
   * Vertices of an author that are not needed any more.
   *
   * @param floor sequence number of the first one that may be
   * @param last digest of the vertex before {@code floor}; zeros when it is not known
   */
  record Raised(int author, long floor, Digest last) implements DagRecord {}

  default byte[] encode() {
    CanonicalWriter out = CanonicalWriter.tagged(TAG);
    switch (this) {
      case Accepted(Vertex vertex) -> out.int8(1).bytes(vertex.encode());
      case Ended(List<Digest> decisions) -> out.int8(2).list(decisions, CanonicalWriter::digest);
      case Convicted(DagEquivocation evidence) -> out.int8(3).bytes(evidence.encode());
      case Raised(int author, long floor, Digest last) ->
          out.int8(4).int32(author).int64(floor).digest(last);
    }
    return out.toByteArray();
  }

  static DagRecord decode(byte[] bytes) {
    return CanonicalReader.read(TAG, bytes, DagRecord::readFrom);
  }

  private static DagRecord readFrom(CanonicalReader in) {
    int kind = in.int8();
    return switch (kind) {
      case 1 -> new Accepted(Vertex.decode(in.byteArray()));
      case 2 -> new Ended(in.list(CanonicalReader::digest));
      case 3 -> new Convicted(DagEquivocation.decode(in.byteArray()));
      case 4 -> new Raised(in.int32(), in.int64(), in.digest());
      default -> throw new IllegalArgumentException("record kind " + kind + ", expected 1 to 4");
    };
  }
}
