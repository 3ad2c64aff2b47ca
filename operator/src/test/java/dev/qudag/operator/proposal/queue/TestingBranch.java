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
    UNLUCKY,
    /** The first run of its checks on a tree fails, the second passes. */
    FLAKY,
    /** Lands after the one before it, or not at all. */
    DEPENDENT,
    /** Lands by a decision of its own. */
    LONER
  }

  private final Map<String, Nature> natures = new LinkedHashMap<>();
  private final Map<String, Entry> open = new LinkedHashMap<>();
  private final Map<String, Integer> luckless = new HashMap<>();
  private final Set<String> former = new HashSet<>();
  final Set<String> passedTrees = new HashSet<>();
  final List<String> landed = new ArrayList<>();
  final Map<String, String> ejected = new LinkedHashMap<>();
  private final Random random;
  private final QueueSettings settings;
  String head = "root";

  TestingBranch(List<Nature> proposals, QueueSettings settings, long seed) {
    random = new Random(seed);
    this.settings = settings;
    for (var i = 0; i < proposals.size(); i++) {
      var name = "p" + i;
      natures.put(name, proposals.get(i));
      luckless.put(name, 3);
      var depends = i > 0 && proposals.get(i) == Nature.DEPENDENT;
      Set<String> before = depends ? Set.of("p" + (i - 1)) : Set.of();
      var entry = Entry.accepted(name, i / 2, i % 3, before);
      open.put(name, proposals.get(i) == Nature.LONER ? entry.apart() : entry);
    }
  }

  List<Entry> entries() {
    return List.copyOf(open.values());
  }

  boolean isDone() {
    return open.isEmpty();
  }

  Branch branch() {
    return new Branch(head, former, Set.copyOf(landed), ejected.keySet());
  }

  Map<String, MergeQueue.Place> plan() {
    return new MergeQueue(branch(), settings, open.values()).plan();
  }

  /** One proposal, chosen at random, takes its step; a check or a decision may end. */
  void round() {
    var names = List.copyOf(open.keySet());
    var name = names.get(random.nextInt(names.size()));
    take(open.get(name), plan().get(name).step());
  }

  private void take(Entry entry, Step step) {
    switch (step) {
      case Step.Build(var base, var members, var share) -> build(base, members, share);
      case Step.RunChecks(var built) -> judge(built, Checks.RUNNING);
      case Step.AwaitChecks(var built) -> judge(built, verdict(built));
      case Step.Decide(var built, var members) -> decide(built, members);
      case Step.AwaitDecision _ -> finish(entry);
      case Step.Split(var members, var share) ->
          members.forEach(name -> open.put(name, open.get(name).sharing(share)));
      case Step.Eject(var attempt) -> eject(entry, attempt);
      case Step.Orphaned(var dependency) -> orphan(entry, dependency);
      case Step.Wait _, Step.Hold _, Step.Deadlocked _ -> {}
    }
  }

  private void build(String base, List<String> members, int share) {
    var commit = base;
    List<String> merged = new ArrayList<>();
    for (var name : members) {
      var entry = open.get(name).sharing(share);
      open.put(name, entry);
      if (isInConflict(name, commit)) {
        open.put(name, entry.with(new Unmergeable(commit)));
      } else if (entry.dependsOn().stream().allMatch(contents(commit)::contains)) {
        commit = commit + "+" + name;
        merged.add(name);
      }
    }
    for (var name : merged) {
      var built = new Built(base, merged, "tree of " + commit, commit, Checks.MISSING);
      open.put(name, open.get(name).with(built));
    }
  }

  private boolean isInConflict(String name, String base) {
    return natures.get(name) == Nature.CONFLICTING
        && contents(base).stream().anyMatch(o -> natures.get(o) == Nature.CONFLICTING);
  }

  private Checks verdict(Built built) {
    if (built.checks() == Checks.FAILED || built.checks() == Checks.PASSED) {
      return built.checks();
    }
    for (var name : built.members()) {
      if (natures.get(name) == Nature.UNLUCKY && luckless.merge(name, -1, Integer::sum) >= 0) {
        return Checks.BLOCKED;
      }
      if (natures.get(name) == Nature.FLAKY && built.checks() == Checks.RUNNING) {
        return built.members().size() > 1 ? Checks.FAILED : Checks.RETRYING;
      }
    }
    if (contents(built.commit()).stream().anyMatch(o -> natures.get(o) == Nature.BROKEN)) {
      return Checks.FAILED;
    }
    passedTrees.add(built.tree());
    return Checks.PASSED;
  }

  private void judge(Built built, Checks checks) {
    var next = new Built(built.base(), built.members(), built.tree(), built.commit(), checks);
    built.members().forEach(name -> open.put(name, open.get(name).with(next)));
  }

  private void decide(Built built, List<String> members) {
    if (open.values().stream()
        .anyMatch(e -> e.decision().filter(d -> d.base().equals(head)).isPresent())) {
      throw new AssertionError("two decisions on one head");
    }
    if (!passedTrees.contains(built.tree())) {
      throw new AssertionError("decides a tree that no check passed");
    }
    if (!built.commit().equals(head + "+" + String.join("+", members))) {
      throw new AssertionError("the commit is not the head and what lands by it");
    }
    boolean alone =
        settings.batchSize() == 1
            || members.stream().anyMatch(name -> natures.get(name) == Nature.LONER);
    if (alone && members.size() > 1) {
      throw new AssertionError("each lands by a decision of its own");
    }
    var decision = Optional.of(new Entry.Decision(head, built.commit()));
    members.forEach(name -> open.put(name, open.get(name).with(decision)));
  }

  /** Lands, or is stale: then the hub asks for another decision. */
  private void finish(Entry entry) {
    var decision = entry.decision().orElseThrow();
    var together =
        open.values().stream().filter(e -> e.decision().equals(entry.decision())).toList();
    var lands = decision.base().equals(head) && random.nextInt(4) > 0;
    if (lands) {
      former.add(head);
      head = decision.commit();
    }
    for (var member : together) {
      if (lands) {
        landed.add(member.name());
        open.remove(member.name());
      } else {
        open.put(member.name(), member.with(Optional.<Entry.Decision>empty()));
      }
    }
  }

  private void eject(Entry entry, Attempt attempt) {
    if (!attempt.base().equals(head) && !former.contains(attempt.base())) {
      throw new AssertionError("ejects for what did not happen on the branch");
    }
    if (attempt instanceof Built built && built.members().size() > 1) {
      throw new AssertionError("ejects one of several that failed together");
    }
    ejected.put(entry.name(), attempt.base());
    open.remove(entry.name());
  }

  private void orphan(Entry entry, String dependency) {
    if (!ejected.containsKey(dependency)) {
      throw new AssertionError("an orphan of what has not ended");
    }
    ejected.put(entry.name(), dependency);
    open.remove(entry.name());
  }

  static List<String> contents(String commit) {
    return List.of(commit.split("\\+"));
  }
}
