package dev.qudag.operator.proposal.queue;

import dev.qudag.operator.proposal.queue.Attempt.Built;
import dev.qudag.operator.proposal.queue.Attempt.Checks;
import dev.qudag.operator.proposal.queue.Attempt.Unmergeable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A branch, its hub, its checks and its validators in memory: does what the plan says, in an order
 * and with delays that a seed decides. A commit is the list of what it contains.
 */
final class TestingBranch {
  /** What a proposal really is. */
  enum Nature {
    GOOD,
    /** Its own tree fails the checks, wherever it is built. */
    BROKEN,
    /** In conflict with another proposal of this nature that has landed. */
    CONFLICTING,
    /** Its checks cannot run, for some rounds. */
    UNLUCKY
  }

  private final Map<String, Nature> natures = new LinkedHashMap<>();
  private final Map<String, Entry> open = new LinkedHashMap<>();
  private final Map<String, Checks> running = new HashMap<>();
  private final Map<String, Integer> luckless = new HashMap<>();
  final Set<String> passedTrees = new HashSet<>();
  final List<String> landed = new ArrayList<>();
  final Map<String, String> ejected = new LinkedHashMap<>();
  private final Random random;
  private final int window;
  String head = "root";

  TestingBranch(List<Nature> proposals, int window, long seed) {
    random = new Random(seed);
    this.window = window;
    for (var i = 0; i < proposals.size(); i++) {
      var name = "p" + i;
      natures.put(name, proposals.get(i));
      luckless.put(name, 3);
      open.put(name, new Entry(name, i / 2, Optional.empty(), Optional.empty()));
    }
  }

  List<Entry> entries() {
    return List.copyOf(open.values());
  }

  boolean isDone() {
    return open.isEmpty();
  }

  Map<String, MergeQueue.Place> plan() {
    return new MergeQueue(head, window, open.values()).plan();
  }

  /** One proposal, chosen at random, takes its step; a check or a decision may end. */
  void round() {
    var names = List.copyOf(open.keySet());
    var name = names.get(random.nextInt(names.size()));
    var entry = open.get(name);
    take(entry, plan().get(name).step());
  }

  private void take(Entry entry, Step step) {
    switch (step) {
      case Step.Build(var base) -> update(entry, merge(entry.name(), base));
      case Step.RunChecks(var built) -> update(entry, with(built, Checks.RUNNING));
      case Step.AwaitChecks(var built) -> update(entry, with(built, verdict(entry.name(), built)));
      case Step.Decide(var built) -> decide(entry, built);
      case Step.AwaitDecision _ -> finish(entry);
      case Step.Eject(var attempt) -> eject(entry, attempt);
      case Step.Wait _ -> {}
    }
  }

  private Attempt merge(String name, String base) {
    var conflicts =
        natures.get(name) == Nature.CONFLICTING
            && natures.keySet().stream()
                .anyMatch(o -> natures.get(o) == Nature.CONFLICTING && contains(base, o));
    var commit = base + "+" + name;
    return conflicts
        ? new Unmergeable(base)
        : new Built(base, "tree of " + commit, commit, Checks.MISSING);
  }

  private Checks verdict(String name, Built built) {
    if (natures.get(name) == Nature.UNLUCKY && luckless.merge(name, -1, Integer::sum) >= 0) {
      return Checks.BLOCKED;
    }
    var broken =
        natures.keySet().stream()
            .anyMatch(o -> natures.get(o) == Nature.BROKEN && contains(built.commit(), o));
    if (!broken) {
      passedTrees.add(built.tree());
    }
    return broken ? Checks.FAILED : Checks.PASSED;
  }

  private void decide(Entry entry, Built built) {
    if (open.values().stream()
        .anyMatch(e -> e.decision().filter(d -> d.base().equals(head)).isPresent())) {
      throw new AssertionError("two decisions on one head");
    }
    if (!built.base().equals(head) || !passedTrees.contains(built.tree())) {
      throw new AssertionError("decides a tree that no check passed on the head");
    }
    var decision = new Entry.Decision(built.base(), built.commit());
    open.put(
        entry.name(),
        new Entry(entry.name(), entry.acceptedAtMillis(), entry.attempt(), Optional.of(decision)));
  }

  /** Lands, or is stale: then the hub asks for another decision. */
  private void finish(Entry entry) {
    var decision = entry.decision().orElseThrow();
    if (decision.base().equals(head) && random.nextInt(4) > 0) {
      head = decision.commit();
      landed.add(entry.name());
      open.remove(entry.name());
    } else {
      open.put(
          entry.name(),
          new Entry(entry.name(), entry.acceptedAtMillis(), entry.attempt(), Optional.empty()));
    }
  }

  private void eject(Entry entry, Attempt attempt) {
    if (!attempt.base().equals(head)) {
      throw new AssertionError("ejects for what did not happen on the head");
    }
    ejected.put(entry.name(), attempt.base());
    open.remove(entry.name());
  }

  private void update(Entry entry, Attempt attempt) {
    open.put(
        entry.name(),
        new Entry(entry.name(), entry.acceptedAtMillis(), Optional.of(attempt), entry.decision()));
  }

  private static Built with(Built built, Checks checks) {
    return new Built(built.base(), built.tree(), built.commit(), checks);
  }

  static boolean contains(String commit, String name) {
    return List.of(commit.split("\\+")).contains(name);
  }
}
