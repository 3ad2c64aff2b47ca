package dev.qudag.consensus.attestation.dag;

import dev.qudag.consensus.attestation.Vertex;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Vertices with good signatures that wait for their author's vertex before, one for each author and
 * sequence number.
 *
 * <p>Bounded for each author and in total. When an author's share is full, its highest sequence
 * number gives way: the one that would be accepted last. When all is full, the author with the most
 * orphans, of equals the one with the lowest index, gives its highest. So an author that floods
 * drives out its own.
 */
final class Orphans {
  private final DagConfig.Limits limits;
  private final NavigableMap<Integer, NavigableMap<Long, Vertex>> byAuthor = new TreeMap<>();
  private int size;

  Orphans(DagConfig.Limits limits) {
    this.limits = limits;
  }

  int size() {
    return size;
  }

  Optional<Vertex> at(int author, long sequence) {
    return Optional.ofNullable(byAuthor.get(author)).map(own -> own.get(sequence));
  }

  void put(Vertex vertex) {
    NavigableMap<Long, Vertex> own =
        byAuthor.computeIfAbsent(vertex.author(), author -> new TreeMap<>());
    if (own.putIfAbsent(vertex.sequence(), vertex) == null) {
      size++;
    }
    if (own.size() > limits.orphansOfOne()) {
      evictHighest(own);
    }
    if (size > limits.orphans()) {
      byAuthor.values().stream()
          .max(Comparator.comparingInt(Map::size))
          .ifPresent(this::evictHighest);
    }
  }

  private void evictHighest(NavigableMap<Long, Vertex> own) {
    own.pollLastEntry();
    size--;
  }

  /** Takes out a vertex that can be appended now. */
  Optional<Vertex> takeReady(Strands strands) {
    for (NavigableMap<Long, Vertex> own : byAuthor.values()) {
      while (!own.isEmpty()) {
        Vertex first = own.firstEntry().getValue();
        Strand strand = strands.of(first.author());
        boolean isPassed = strand.isConvicted() || first.sequence() < strand.next();
        if (!isPassed && !strands.mayAppend(first)) {
          break;
        }
        own.pollFirstEntry();
        size--;
        if (!isPassed) {
          return Optional.of(first);
        }
      }
    }
    return Optional.empty();
  }
}
