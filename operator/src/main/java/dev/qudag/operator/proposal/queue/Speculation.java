package dev.qudag.operator.proposal.queue;

import dev.qudag.operator.proposal.queue.Attempt.Built;
import dev.qudag.operator.proposal.queue.Attempt.Checks;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who is built on whom, and what that tells: a tree that passed speaks for all whose changes it
 * holds.
 */
final class Speculation {
  private final Map<String, Entry> open;
  private final Map<String, Set<Built>> byBase = new HashMap<>();
  private final boolean landsTogether;

  Speculation(Collection<Entry> entries, QueueSettings settings) {
    this.open = new HashMap<>();
    entries.forEach(entry -> open.put(entry.name(), entry));
    this.landsTogether = settings.batchSize() > 1;
    for (Entry entry : entries) {
      built(entry)
          .ifPresent(
              unit -> byBase.computeIfAbsent(unit.base(), _ -> new LinkedHashSet<>()).add(unit));
    }
  }

  /**
   * What the entry is built as, unless one of those that it was built with has left, or stands
   * alone.
   */
  Optional<Built> built(Entry entry) {
    return entry
        .attempt()
        .filter(Built.class::isInstance)
        .map(Built.class::cast)
        .filter(unit -> unit.members().contains(entry.name()))
        .filter(unit -> unit.members().stream().allMatch(member -> shares(member, unit)))
        .filter(unit -> unit.members().size() == 1 || !hasOneAlone(unit));
  }

  List<Entry> members(Built unit) {
    return unit.members().stream()
        .flatMap(name -> Optional.ofNullable(open.get(name)).stream())
        .toList();
  }

  private boolean shares(String member, Built unit) {
    Entry entry = open.get(member);
    return entry != null && entry.attempt().filter(unit::equals).isPresent();
  }

  /**
   * Whether it lands by a decision of its own: trees behind it do not speak for it, nor it for
   * others.
   */
  boolean landsAlone(Built unit) {
    return !landsTogether || hasOneAlone(unit);
  }

  private boolean hasOneAlone(Built unit) {
    return members(unit).stream().anyMatch(Entry::isAlone);
  }

  /**
   * Whether its failure may be chance, so that those behind stay on it. One that runs again is
   * believed until what is built on it has failed, too, or was built without it; one that failed as
   * often as it may only for a tree that holds it and passed, or runs when it was not alone.
   */
  boolean mayBeChance(Built unit) {
    return switch (unit.checks()) {
      case RETRYING -> isUndisputed(unit) || isVouchedFor(unit);
      case FAILED -> (unit.members().size() > 1 && mayBeVouchedFor(unit)) || isVouchedFor(unit);
      case MISSING, RUNNING, PASSED, BLOCKED -> false;
    };
  }

  private boolean isUndisputed(Built unit) {
    return behind(unit).isEmpty()
        ? byBase.getOrDefault(unit.base(), Set.of()).equals(Set.of(unit))
        : behind(unit).stream().anyMatch(next -> !hasFailed(next));
  }

  private static boolean hasFailed(Built unit) {
    return switch (unit.checks()) {
      case RETRYING, FAILED, BLOCKED -> true;
      case MISSING, RUNNING, PASSED -> false;
    };
  }

  private boolean mayBeVouchedFor(Built unit) {
    return behind(unit).stream()
        .filter(next -> !landsAlone(next))
        .anyMatch(next -> next.checks() == Checks.RUNNING);
  }

  private boolean isVouchedFor(Built unit) {
    return !landsAlone(unit)
        && behind(unit).stream()
            .filter(next -> !landsAlone(next))
            .anyMatch(next -> next.checks() == Checks.PASSED || isVouchedFor(next));
  }

  private Set<Built> behind(Built unit) {
    return byBase.getOrDefault(unit.commit(), Set.of());
  }
}
