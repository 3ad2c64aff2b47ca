package dev.qudag.operator.proposal.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Proposals that wait for themselves: none of them could ever land. */
final class Cycles {
  private Cycles() {}

  /**
   * The shortest cycle of each entry that lies on one: from its name over those that it depends on
   * to its name again.
   */
  static Map<String, List<String>> of(Map<String, Entry> open) {
    Map<String, List<String>> cycles = new LinkedHashMap<>();
    for (Entry entry : open.values()) {
      List<String> cycle = from(entry, open);
      if (!cycle.isEmpty()) {
        cycles.put(entry.name(), cycle);
      }
    }
    return cycles;
  }

  /** A search in breadth; empty when it does not come back. */
  private static List<String> from(Entry start, Map<String, Entry> open) {
    Map<String, String> cameFrom = new HashMap<>();
    Deque<Entry> next = new ArrayDeque<>(List.of(start));
    while (!next.isEmpty()) {
      Entry at = next.remove();
      for (String name : at.dependsOn().stream().sorted().toList()) {
        if (name.equals(start.name())) {
          return path(start.name(), at.name(), cameFrom);
        }
        Entry dependency = open.get(name);
        if (dependency != null && cameFrom.putIfAbsent(name, at.name()) == null) {
          next.add(dependency);
        }
      }
    }
    return List.of();
  }

  private static List<String> path(String start, String last, Map<String, String> cameFrom) {
    List<String> backwards = new ArrayList<>(List.of(start));
    for (String at = last; !at.equals(start); at = cameFrom.getOrDefault(at, start)) {
      backwards.add(at);
    }
    backwards.add(start);
    Collections.reverse(backwards);
    return backwards;
  }
}
