package dev.qudag.operator.proposal.queue.simulation;

import dev.qudag.operator.proposal.queue.Entry;
import dev.qudag.operator.proposal.queue.LineOrder;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What happened, for the figures and the promises. Times are seconds. */
final class Journal {
  static final long NEVER = Long.MAX_VALUE;

  final Map<String, Change> accepted = new HashMap<>();
  final Map<String, Long> firstAccepted = new HashMap<>();
  final Map<String, Long> landed = new HashMap<>();
  final Set<String> landedNames = new HashSet<>();
  final Set<String> ejected = new HashSet<>();
  final Set<String> ejectedUndeserved = new HashSet<>();
  final Map<String, Integer> failedRuns = new HashMap<>();
  final Map<String, Integer> overtakers = new HashMap<>();
  Set<String> open = Set.of();
  long busySeconds;
  long redSince = NEVER;

  void accepted(Change change, long now) {
    accepted.put(change.name(), change);
    firstAccepted.putIfAbsent(change.root(), now);
  }

  /** A run of a tree that is theirs, be it by chance. */
  void failed(List<String> members) {
    members.forEach(member -> failedRuns.merge(member, 1, Integer::sum));
  }

  void landed(Change change, long now) {
    landed.put(change.root(), now);
    landedNames.add(change.name());
    redSince = change.bad() ? Math.min(redSince, now) : redSince;
  }

  /** Who stands before it, and does not land with it. */
  void overtaken(Entry landed, Collection<Entry> others, List<String> together) {
    for (Entry other : others) {
      if (rank(other) < rank(landed) && !together.contains(other.name())) {
        overtakers.merge(other.name(), 1, Integer::sum);
      }
    }
  }

  /**
   * It has left without landing.
   *
   * @param deserved it was bad, or in conflict with the branch
   */
  void ejected(Change change, boolean deserved) {
    ejected.add(change.root());
    if (!deserved) {
      ejectedUndeserved.add(change.name());
    }
  }

  void close(Set<String> left, long seconds) {
    open = Set.copyOf(left);
    busySeconds = seconds;
  }

  private static long rank(Entry entry) {
    return entry.acceptedAtMillis() - entry.priority() * LineOrder.HEAD_START_MILLIS;
  }
}
