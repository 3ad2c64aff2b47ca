package dev.qudag.consensus.attestation.dag;

import dev.qudag.consensus.attestation.DagEquivocation;
import dev.qudag.consensus.attestation.Frontier;
import dev.qudag.consensus.attestation.ParentLink;
import dev.qudag.consensus.attestation.Vertex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The strands of all authors, by index: the graph that is held. */
final class Strands {
  private final DagConfig config;
  private final List<Strand> strands;

  Strands(DagConfig config) {
    this.config = config;
    this.strands = IntStream.range(0, config.set().size()).mapToObj(Strand::new).toList();
  }

  Strand of(int author) {
    return strands.get(author);
  }

  List<Strand> all() {
    return strands;
  }

  /** Whether the vertex is its author's next. */
  boolean mayAppend(Vertex vertex) {
    return of(vertex.author()).isFollowedBy(vertex);
  }

  /** Whether something of other authors is missing that the vertex was made on. */
  boolean lacksParentOf(Vertex vertex) {
    return !vertex.seen().stream().allMatch(parent -> of(parent.author()).covers(parent));
  }

  /** What the next own vertex is made on: the own one before, then each other author's last. */
  List<ParentLink> parents() {
    List<ParentLink> parents = new ArrayList<>();
    of(config.self()).previous().ifPresent(parents::add);
    for (int author = 0; author < strands.size(); author++) {
      if (author != config.self()) {
        of(author).tip().ifPresent(parents::add);
      }
    }
    return parents;
  }

  Frontier frontier() {
    return new Frontier(
        config.chainId(), config.epoch(), strands.stream().map(Strand::extent).toList());
  }

  /** What is held and wanted, in the order in which it was accepted: each author's in its own. */
  List<Strand.Held> select(Predicate<Strand.Held> wanted) {
    return strands.stream()
        .flatMap(strand -> strand.from(0).stream())
        .filter(wanted)
        .sorted(Comparator.comparingLong(Strand.Held::order))
        .toList();
  }

  List<DagEquivocation> convictions() {
    return strands.stream().map(Strand::conviction).flatMap(Optional::stream).toList();
  }

  int held() {
    return strands.stream().mapToInt(Strand::size).sum();
  }
}
