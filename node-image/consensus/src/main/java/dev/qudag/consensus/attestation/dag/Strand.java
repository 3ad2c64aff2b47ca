package dev.qudag.consensus.attestation.dag;

import dev.qudag.consensus.attestation.DagEquivocation;
import dev.qudag.consensus.attestation.DagRecord;
import dev.qudag.consensus.attestation.Frontier;
import dev.qudag.consensus.attestation.ParentLink;
import dev.qudag.consensus.attestation.Vertex;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.crypto.Digest;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One author's chain as far as it is held: without gaps from {@code floor} to before {@code next}.
 * Below the floor nothing is kept but the last digest.
 */
final class Strand {
  /**
   * A vertex that is held.
   *
   * @param order number of vertices accepted before, of all authors
   * @param bytes of its encoding
   */
  record Held(Vertex vertex, Digest digest, long order, int bytes) {}

  private final int author;
  private final NavigableMap<Long, Held> held = new TreeMap<>();
  private long floor;
  private long next;
  private Optional<Digest> last = Optional.empty();
  private long bytes;
  private Optional<DagEquivocation> conviction = Optional.empty();

  Strand(int author) {
    this.author = author;
  }

  long floor() {
    return floor;
  }

  long next() {
    return next;
  }

  /** Vertices that are held. */
  int size() {
    return held.size();
  }

  long bytes() {
    return bytes;
  }

  Optional<DagEquivocation> conviction() {
    return conviction;
  }

  boolean isConvicted() {
    return conviction.isPresent();
  }

  Optional<Held> at(long sequence) {
    return Optional.ofNullable(held.get(sequence));
  }

  /** What is held from this sequence number on, in order. */
  List<Held> from(long sequence) {
    return List.copyOf(held.tailMap(sequence, true).values());
  }

  /** What the held vertices below this sequence number speak of. */
  List<Digest> decisionsBelow(long sequence) {
    return held.headMap(sequence, false).values().stream()
        .flatMap(one -> one.vertex().attestations().stream())
        .map(Attestation::decisionDigest)
        .distinct()
        .toList();
  }

  /** The last vertex, while it is held. */
  Optional<ParentLink> tip() {
    return at(next - 1).map(tip -> new ParentLink(author, next - 1, tip.digest()));
  }

  /** Whether nothing is missing here of what another vertex was made on. */
  boolean covers(ParentLink parent) {
    return isConvicted()
        || parent.sequence() < floor
        || at(parent.sequence()).filter(one -> one.digest().equals(parent.digest())).isPresent();
  }

  /** Whether the vertex is the next one. */
  boolean isFollowedBy(Vertex vertex) {
    return vertex.sequence() == next
        && (next == 0 || last.isEmpty() || last.get().equals(vertex.previousDigest()));
  }

  void append(Held vertex) {
    held.put(next, vertex);
    bytes += vertex.bytes();
    last = Optional.of(vertex.digest());
    next++;
  }

  /** Where the author's next own vertex hangs on; none for the first. */
  Optional<ParentLink> previous() {
    return last.map(digest -> new ParentLink(author, next - 1, digest));
  }

  /**
   * Drops what is below this sequence number, and skips what is missing up to it.
   *
   * @param before digest of the vertex before the floor, when it is known
   */
  List<Held> raise(long to, Optional<Digest> before) {
    List<Held> dropped = List.copyOf(held.headMap(to, false).values());
    dropped.forEach(this::drop);
    floor = Math.max(floor, to);
    if (next < floor) {
      next = floor;
      last = before;
    }
    return dropped;
  }

  /** Takes nothing more of the author, and drops what is held. */
  List<Held> convict(DagEquivocation evidence) {
    conviction = Optional.of(evidence);
    List<Held> dropped = List.copyOf(held.values());
    dropped.forEach(this::drop);
    floor = next;
    return dropped;
  }

  private void drop(Held vertex) {
    held.remove(vertex.vertex().sequence());
    bytes -= vertex.bytes();
  }

  Frontier.Extent extent() {
    return new Frontier.Extent(floor, next, last.orElse(Digest.ZERO), isConvicted());
  }

  /** The record that makes an empty strand stand where this one's oldest vertex belongs. */
  DagRecord.Raised root() {
    Optional<Digest> before =
        floor == next ? last : at(floor).map(o -> o.vertex().previousDigest());
    return new DagRecord.Raised(author, floor, before.orElse(Digest.ZERO));
  }
}
