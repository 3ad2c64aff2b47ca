package dev.qudag.operator.proposal.queue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * In which order proposals stand in line: by rank, which is the time of acceptance less an hour for
 * each point of priority; what others depend on has the rank of the first of them.
 *
 * <p>The rank never changes with time, so nothing starves: a proposal stands behind another only if
 * that one, or one that depends on it, was accepted at most as many hours after it as the
 * difference of their priorities. Frozen ones stand behind all that may land.
 */
public final class LineOrder {
  public static final int MAX_PRIORITY = 24;

  /** What a point of priority is worth. */
  public static final long HEAD_START_MILLIS = 3_600_000;

  private final Map<String, Entry> open = new HashMap<>();
  private final Map<String, Long> ranks = new HashMap<>();
  private final Map<String, Boolean> frozen = new HashMap<>();
  private final QueueSettings settings;

  private LineOrder(Collection<Entry> entries, QueueSettings settings) {
    this.settings = settings;
    entries.forEach(entry -> open.put(entry.name(), entry));
    entries.forEach(entry -> lend(entry, rank(entry)));
  }

  /**
   * The entries in their order; what one depends on stands before it.
   *
   * @param entries of which none depends on itself
   */
  static List<Entry> of(Collection<Entry> entries, QueueSettings settings) {
    return new LineOrder(entries, settings).sorted();
  }

  static long rank(Entry entry) {
    return entry.acceptedAtMillis() - entry.priority() * HEAD_START_MILLIS;
  }

  /** Of those in line. */
  private List<Entry> dependencies(Entry entry) {
    return entry.dependsOn().stream()
        .sorted()
        .flatMap(name -> Optional.ofNullable(open.get(name)).stream())
        .toList();
  }

  /** To the entry and, on and on, to all that it depends on. */
  private void lend(Entry entry, long rank) {
    Long own = ranks.get(entry.name());
    if (own != null && own <= rank) {
      return;
    }
    ranks.put(entry.name(), rank);
    dependencies(entry).forEach(other -> lend(other, Math.min(rank, rank(other))));
  }

  private List<Entry> sorted() {
    var byRank =
        Comparator.<Entry, Boolean>comparing(this::isFrozen)
            .thenComparing(entry -> ranks.getOrDefault(entry.name(), rank(entry)))
            .thenComparing(Entry::name);
    List<Entry> line = new ArrayList<>();
    Set<String> placed = new HashSet<>();
    open.values().stream().sorted(byRank).forEach(entry -> place(entry, line, placed));
    return line;
  }

  private void place(Entry entry, List<Entry> line, Set<String> placed) {
    if (placed.add(entry.name())) {
      dependencies(entry).forEach(dependency -> place(dependency, line, placed));
      line.add(entry);
    }
  }

  /** Itself, or what it must not land without. */
  private boolean isFrozen(Entry entry) {
    Boolean known = frozen.get(entry.name());
    if (known == null) {
      known = settings.freezes(entry) || dependencies(entry).stream().anyMatch(this::isFrozen);
      frozen.put(entry.name(), known);
    }
    return known;
  }
}
