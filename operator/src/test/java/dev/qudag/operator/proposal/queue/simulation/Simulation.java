package dev.qudag.operator.proposal.queue.simulation;

import dev.qudag.operator.proposal.queue.Attempt;
import dev.qudag.operator.proposal.queue.Attempt.Built;
import dev.qudag.operator.proposal.queue.Attempt.Checks;
import dev.qudag.operator.proposal.queue.Attempt.Unmergeable;
import dev.qudag.operator.proposal.queue.Branch;
import dev.qudag.operator.proposal.queue.Entry;
import dev.qudag.operator.proposal.queue.Step;
import dev.qudag.operator.proposal.queue.Window.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A branch, its agents and its checks over hours of simulated time, moved by a policy. A merge and
 * a landing take no time, a check ten minutes. An agent mends what was refused in ten minutes,
 * three times at most, and of four bad changes three.
 */
final class Simulation {
  private static final long MENDING_SECONDS = 600;
  private static final int MAX_REVISIONS = 3;
  private static final int STILL_BAD_PERCENT = 25;
  private static final int MAX_MOVES = 100_000;

  private final Luck luck;
  private final Policy policy;
  private final int slots;
  private final Checking checking;
  private final Commits commits = new Commits();
  private final PriorityQueue<Change> coming =
      new PriorityQueue<>(Comparator.comparingLong(Change::proposedAt).thenComparing(Change::name));
  private final Map<String, Change> changes = new HashMap<>();
  private final Map<String, Entry> open = new LinkedHashMap<>();
  private final Map<String, Long> landedAt = new HashMap<>();
  private final Set<String> former = new HashSet<>();
  private final Set<String> lost = new HashSet<>();
  private final List<Outcome> ends = new ArrayList<>();
  private final Journal journal = new Journal();
  private String head = Commits.ROOT;
  private long now;

  Simulation(Load load, Policy policy, int slots) {
    this.luck = new Luck(load.seed());
    this.policy = policy;
    this.slots = slots;
    this.checking = new Checking(luck, slots);
    coming.addAll(load.changes());
  }

  /** What happened until that time, or until everything had ended. */
  Journal run(long untilSeconds) {
    for (Optional<Long> at = next(); at.isPresent() && at.get() <= untilSeconds; at = next()) {
      now = at.get();
      while (!coming.isEmpty() && coming.peek().proposedAt() == now) {
        accept(coming.poll());
      }
      for (var end = checking.end(now, this::isBad);
          end.isPresent();
          end = checking.end(now, this::isBad)) {
        judge(end.get());
      }
      settle();
    }
    journal.close(open.keySet(), checking.busySeconds());
    return journal;
  }

  private Optional<Long> next() {
    Optional<Long> arrival = Optional.ofNullable(coming.peek()).map(Change::proposedAt);
    Optional<Long> end = checking.nextEnd();
    return arrival.isPresent() && end.isPresent()
        ? Optional.of(Math.min(arrival.get(), end.get()))
        : arrival.or(() -> end);
  }

  private void accept(Change change) {
    changes.put(change.name(), change);
    open.put(change.name(), Entry.accepted(change.name(), now * 1000, change.priority(), Set.of()));
    journal.accepted(change, now);
  }

  private void judge(Checking.Verdict verdict) {
    if (verdict.checks() != Checks.PASSED) {
      journal.failed(verdict.built().members());
    }
    show(verdict.built(), verdict.checks());
  }

  /** All members know how their tree stands. */
  private void show(Built built, Checks checks) {
    for (String member : built.members()) {
      Entry entry = open.get(member);
      if (entry != null && entry.attempt().filter(a -> isOf(a, built.tree())).isPresent()) {
        open.put(member, entry.with(with(built, checks)));
      }
    }
  }

  private static Built with(Built built, Checks checks) {
    return new Built(built.base(), built.members(), built.tree(), built.commit(), checks);
  }

  private static boolean isOf(Attempt attempt, String tree) {
    return attempt instanceof Built built && built.tree().equals(tree);
  }

  private void settle() {
    int moves = 0;
    do {
      Set<String> needed = trees();
      checking.stopVoid(needed::contains, now);
      if (moves++ > MAX_MOVES) {
        throw new IllegalStateException("it never settles: " + steps());
      }
    } while (act(steps()));
  }

  private Map<String, Step> steps() {
    var branch = new Branch(head, former, Set.of(), lost);
    return policy.steps(branch, List.copyOf(open.values()), ends, slots);
  }

  private Set<String> trees() {
    return open.values().stream()
        .flatMap(entry -> entry.attempt().stream())
        .filter(Built.class::isInstance)
        .map(attempt -> ((Built) attempt).tree())
        .collect(Collectors.toSet());
  }

  /** True when another plan is due. */
  private boolean act(Map<String, Step> steps) {
    boolean moved = false;
    for (var named : steps.entrySet()) {
      switch (named.getValue()) {
        case Step.Build(var base, var members, var share) -> {
          build(base, members, share);
          moved = true;
        }
        case Step.RunChecks(var built) -> {
          if (checking.start(built, now)) {
            show(built, Checks.RUNNING);
          }
        }
        case Step.Decide(var built, var members) -> {
          land(built, members);
          return true;
        }
        case Step.Eject(var attempt) -> {
          eject(changes.get(named.getKey()), attempt);
          return true;
        }
        case Step.Split(var members, var share) -> {
          members.forEach(name -> open.put(name, open.get(name).sharing(share)));
          moved = true;
        }
        case Step.AwaitChecks _, Step.Wait _ -> {}
        case Step.AwaitDecision _, Step.Hold _, Step.Orphaned _, Step.Deadlocked _ ->
            throw new IllegalStateException("nothing here asks for " + named);
      }
    }
    return moved;
  }

  private void build(String base, List<String> members, int share) {
    List<String> merged = new ArrayList<>();
    for (String name : members) {
      Entry entry = open.get(name).sharing(share);
      String onto = commits.of(base, merged);
      if (isInConflict(changes.get(name), onto)) {
        open.put(name, entry.with(new Unmergeable(onto)));
      } else {
        open.put(name, entry);
        merged.add(name);
      }
    }
    String commit = commits.of(base, merged);
    String tree = "tree of " + commit;
    var built = new Built(base, merged, tree, commit, checking.of(tree));
    merged.forEach(name -> open.put(name, open.get(name).with(built)));
  }

  private boolean isInConflict(Change change, String onto) {
    return change.rival().filter(rival -> hasLandedUnseen(rival, change)).isPresent()
        || commits.added(onto, this::isOnBranch).stream()
            .anyMatch(name -> change.rival().equals(Optional.of(changes.get(name).root())));
  }

  private boolean hasLandedUnseen(String rival, Change change) {
    return landedAt.getOrDefault(rival, Long.MIN_VALUE) > change.writtenAt();
  }

  private boolean isOnBranch(String commit) {
    return commit.equals(head) || former.contains(commit);
  }

  private boolean isBad(Built built) {
    return commits.added(built.commit(), this::isOnBranch).stream()
        .anyMatch(name -> changes.get(name).bad());
  }

  private void land(Built tip, List<String> members) {
    if (checking.of(tip.tree()) != Checks.PASSED || !added(tip).equals(Set.copyOf(members))) {
      throw new IllegalStateException("lands what no check saw: " + tip + " for " + members);
    }
    for (String member : members) {
      Entry entry = open.remove(member);
      landedAt.put(changes.get(member).root(), now);
      ends.add(Outcome.LANDED);
      journal.landed(changes.get(member), now);
      journal.overtaken(entry, open.values(), members);
    }
    former.add(head);
    head = tip.commit();
  }

  private Set<String> added(Built tip) {
    return Set.copyOf(commits.added(tip.commit(), head::equals));
  }

  private void eject(Change change, Attempt attempt) {
    boolean deserved =
        switch (attempt) {
          case Built _ -> change.bad();
          case Unmergeable _ ->
              change.rival().filter(rival -> hasLandedUnseen(rival, change)).isPresent();
        };
    if (attempt instanceof Built) {
      ends.add(Outcome.FAILED);
    }
    open.remove(change.name());
    lost.add(change.name());
    journal.ejected(change, deserved);
    if (change.revision() < MAX_REVISIONS) {
      boolean stillBad =
          change.bad() && luck.strikes(STILL_BAD_PERCENT, "mending " + change.name());
      coming.add(change.mended(now + MENDING_SECONDS, stillBad));
    }
  }
}
