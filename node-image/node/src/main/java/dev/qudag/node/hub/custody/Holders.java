package dev.qudag.node.hub.custody;

import dev.qudag.consensus.certificate.ValidatorSets;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.crypto.Digest;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which validators said that they hold which records, and so which are safe: those that validators
 * of a weight above that of the faulty ones hold, of whom at least one is honest. What was safe
 * once stays so, whoever leaves the set. Pure.
 */
final class Holders {
  private final Map<Member, Set<Digest>> held = new HashMap<>();
  private final Set<Digest> safe = new HashSet<>();

  /** A validator holds these, and no others. */
  void holds(Member member, Collection<Digest> records) {
    held.put(member, new HashSet<>(records));
  }

  /** A validator holds one more. */
  void holdsAlso(Member member, Digest record) {
    held.computeIfAbsent(member, _ -> new HashSet<>()).add(record);
  }

  void left(Member member) {
    held.remove(member);
  }

  boolean has(Member member, Digest record) {
    return held.getOrDefault(member, Set.of()).contains(record);
  }

  /** Whether enough members of the set hold it, or of an earlier one did. */
  boolean isSafe(Digest record, MemberSet set) {
    if (!safe.contains(record)
        && ValidatorSets.of(set)
            .containsHonest(holders(record, set).stream().map(set.members()::indexOf).toList())) {
      safe.add(record);
    }
    return safe.contains(record);
  }

  /** The members of the set that hold it. */
  List<Member> holders(Digest record, MemberSet set) {
    return set.members().stream().filter(member -> has(member, record)).toList();
  }

  /** Forgets records other than these. */
  void retain(Set<Digest> wanted) {
    safe.retainAll(wanted);
  }
}
