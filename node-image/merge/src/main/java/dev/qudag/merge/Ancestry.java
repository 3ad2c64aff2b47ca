package dev.qudag.merge;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;

/**
 * What commits have in common, as git-merge-base(1) has it: the answer follows from who builds on
 * whom alone. The clocks of committers, which anybody sets as he likes, only say where to look
 * first.
 *
 * <p>Both commits are walked back from, newest first, until all that is left to look at lies below
 * a common ancestor (commit-reach.c {@code paint_down_to_common}). Of what is found so, the ones
 * that others of it build on are left out.
 */
public final class Ancestry {
  private static final int ONE = 1;
  private static final int OTHER = 2;
  private static final int BOTH = ONE | OTHER;

  /** A common ancestor builds on it. */
  private static final int BELOW = 4;

  /** Common ancestors, of which each is compared with each: who has more of them looks too far. */
  private static final int MANY = 16;

  private final Function<ObjectId, Optional<CommitHeader>> headers;
  private final int far;

  /**
   * @param headers empty for a commit that cannot be looked at
   * @param far commits, of which one question may look at so many
   */
  public Ancestry(Function<ObjectId, Optional<CommitHeader>> headers, int far) {
    this.headers = headers;
    this.far = far;
  }

  /**
   * The best common ancestors, smallest id first; none for unrelated histories.
   *
   * @return empty when it would have to look too far
   */
  public Optional<List<ObjectId>> mergeBases(ObjectId one, ObjectId other) {
    var common = common(one, other);
    return common.map(Set::size).orElse(0) > 1
        ? common.flatMap(this::best)
        : common.map(List::copyOf);
  }

  /**
   * Whether the descendant builds on the ancestor, or is it.
   *
   * @return empty when it would have to look too far
   */
  public Optional<Boolean> isAncestor(ObjectId ancestor, ObjectId descendant) {
    return common(ancestor, descendant).map(found -> found.contains(ancestor));
  }

  private Optional<List<ObjectId>> best(Set<ObjectId> common) {
    if (common.size() > MANY) {
      return Optional.empty();
    }
    var best = new HashSet<>(common);
    for (var lower : common) {
      for (var upper : common) {
        if (!lower.equals(upper)) {
          var builtOn = isAncestor(lower, upper);
          if (builtOn.isEmpty()) {
            return Optional.empty();
          }
          if (builtOn.get()) {
            best.remove(lower);
          }
        }
      }
    }
    return Optional.of(best.stream().sorted().toList());
  }

  /** The best common ancestors, and perhaps some that these build on. */
  private Optional<Set<ObjectId>> common(ObjectId one, ObjectId other) {
    if (one.equals(other)) {
      return Optional.of(Set.of(one));
    }
    var walk = new Walk();
    walk.reach(one, ONE);
    walk.reach(other, OTHER);
    return walk.toTheEnd();
  }

  private record Waiting(ObjectId id, Optional<CommitHeader> header) {
    long epochSeconds() {
      return header.map(CommitHeader::epochSeconds).orElse(0L);
    }
  }

  private final class Walk {
    private final Map<ObjectId, Integer> marks = new HashMap<>();
    private final PriorityQueue<Waiting> queue =
        new PriorityQueue<>(Comparator.comparingLong(Waiting::epochSeconds).reversed());
    private final Set<ObjectId> waiting = new HashSet<>();
    private final Set<ObjectId> common = new HashSet<>();

    /** How many wait that no common ancestor is known to build on. */
    private int open;

    /** Marks a commit, and has it looked at again when that is new. */
    void reach(ObjectId id, int mark) {
      int before = marks.getOrDefault(id, 0);
      int after = before | mark;
      if (after == before) {
        return;
      }
      marks.put(id, after);
      if (waiting.add(id)) {
        queue.add(new Waiting(id, headers.apply(id)));
        open += isOpen(after) ? 1 : 0;
      } else if (isOpen(before) && !isOpen(after)) {
        open--;
      }
    }

    Optional<Set<ObjectId>> toTheEnd() {
      while (open > 0) {
        var next = queue.remove();
        if (marks.size() > far || next.header().isEmpty()) {
          return Optional.empty();
        }
        look(next.id(), next.header().get().parents());
      }
      common.removeIf(id -> !isOpen(marks.getOrDefault(id, 0)));
      return Optional.of(common);
    }

    private void look(ObjectId id, List<ObjectId> parents) {
      waiting.remove(id);
      int mark = marks.getOrDefault(id, 0);
      if (isOpen(mark)) {
        open--;
      }
      if (mark == BOTH) {
        common.add(id);
      }
      int handedOn = (mark & BOTH) == BOTH ? BOTH | BELOW : mark;
      parents.forEach(parent -> reach(parent, handedOn));
    }

    private static boolean isOpen(int mark) {
      return (mark & BELOW) == 0;
    }
  }
}
