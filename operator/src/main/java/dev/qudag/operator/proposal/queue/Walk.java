package dev.qudag.operator.proposal.queue;

import dev.qudag.operator.proposal.queue.Attempt.Built;
import dev.qudag.operator.proposal.queue.Attempt.Unmergeable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Goes along the line once and carries what the branch would be if those before landed.
 *
 * <p>Two ways lead on. Who is <i>carried</i> is the base of those behind. Who is <i>on trial</i>
 * (failed once, or shared a check that failed) is built on the head, bears nobody, and is judged
 * there alone; that the head moves on does not end the trial.
 */
final class Walk {
  private final Branch branch;
  private final QueueSettings settings;
  private final List<Entry> line;
  private final Speculation speculation;
  private final Map<String, Step> steps = new HashMap<>();
  private final Set<String> carried = new HashSet<>();
  private final Landing landing;
  private Optional<String> base;
  private String ahead = "";
  private int active;
  private int blocked;

  Walk(Branch branch, QueueSettings settings, List<Entry> line) {
    this.branch = branch;
    this.settings = settings;
    this.line = line;
    this.speculation = new Speculation(line, settings);
    this.landing = new Landing(branch, settings, speculation);
    this.base = Optional.of(branch.head());
    carryDecision();
  }

  /** What the validators judge on the head comes before all else, whatever its place. */
  private void carryDecision() {
    for (Entry entry : line) {
      var decision = entry.decision().filter(d -> d.base().equals(branch.head()));
      if (decision.isPresent()) {
        landing.decisionUnderWay();
        carried.add(entry.name());
        ahead = entry.name();
        base = Optional.of(decision.get().commit());
        active = 1;
      }
    }
  }

  /** Of every entry. */
  Map<String, Step> steps() {
    for (Entry entry : line) {
      if (!steps.containsKey(entry.name())) {
        visit(entry);
      }
    }
    steps.putAll(landing.steps());
    return steps;
  }

  private void visit(Entry entry) {
    Optional<String> lost =
        entry.dependsOn().stream().filter(branch.lost()::contains).sorted().findFirst();
    Optional<String> missing = missing(entry, Set.of());
    if (entry.decision().isPresent()) {
      steps.put(entry.name(), new Step.AwaitDecision());
    } else if (lost.isPresent()) {
      steps.put(entry.name(), new Step.Orphaned(lost.get()));
    } else if (isHopeless(entry)) {
      steps.put(entry.name(), new Step.Eject(entry.attempt().orElseThrow()));
    } else if (missing.isPresent()) {
      steps.put(entry.name(), new Step.Wait(missing.get()));
    } else if (active >= settings.window() || blocked >= settings.window()) {
      steps.put(entry.name(), new Step.Wait(ahead));
    } else if (isOnTrial(entry)) {
      judge(entry);
    } else {
      follow(entry);
    }
  }

  /** In conflict with the branch as it is. */
  private boolean isHopeless(Entry entry) {
    return entry.attempt().equals(Optional.of(new Unmergeable(branch.head())));
  }

  /** What must land before the entry, and neither has nor would. */
  private Optional<String> missing(Entry entry, Set<String> company) {
    return entry.dependsOn().stream()
        .filter(name -> !branch.landed().contains(name) && !company.contains(name))
        .filter(name -> entry.isSuspect() || !carried.contains(name))
        .sorted()
        .findFirst();
  }

  private boolean isOnTrial(Entry entry) {
    return entry.isSuspect()
        || speculation
            .built(entry)
            .filter(unit -> branch.holds(unit.base()))
            .filter(this::isAccused)
            .isPresent();
  }

  private boolean isAccused(Built unit) {
    return switch (unit.checks()) {
      case RETRYING -> !isOnBase(unit) || !speculation.mayBeChance(unit);
      case FAILED -> !speculation.mayBeChance(unit);
      case MISSING, RUNNING, PASSED, BLOCKED -> false;
    };
  }

  private boolean isOnBase(Built unit) {
    return base.filter(unit.base()::equals).isPresent();
  }

  private void judge(Entry entry) {
    var unit = speculation.built(entry).filter(built -> branch.holds(built.base()));
    if (unit.isEmpty()) {
      build(entry, branch.head(), entry.share());
      active++;
      return;
    }
    Built built = unit.get();
    switch (built.checks()) {
      case MISSING -> {
        if (built.base().equals(branch.head())) {
          lead(built, new Step.RunChecks(built));
        } else {
          build(entry, branch.head(), entry.share());
        }
        active++;
      }
      case RUNNING, RETRYING -> {
        lead(built, new Step.AwaitChecks(built));
        active++;
      }
      case BLOCKED -> {
        lead(built, new Step.AwaitChecks(built));
        blocked++;
      }
      case PASSED -> acquit(entry, built);
      case FAILED -> convict(built);
    }
  }

  /**
   * Lands if it is the next and nothing else is about to; when the head has moved on, it joins the
   * line again.
   */
  private void acquit(Entry entry, Built built) {
    if (isOnBase(built) && built.base().equals(branch.head())) {
      lead(built, new Step.Wait(ahead));
      landing.acquitted(built);
    } else if (built.base().equals(branch.head())) {
      lead(built, new Step.Wait(ahead));
    } else if (base.isPresent()) {
      lead(built, new Step.Build(base.get(), built.members(), 0));
      ahead = entry.name();
      base = Optional.empty();
    } else {
      lead(built, new Step.Wait(ahead));
    }
  }

  private void convict(Built built) {
    int size = built.members().size();
    lead(built, size == 1 ? new Step.Eject(built) : new Step.Split(built.members(), size / 2));
  }

  private void follow(Entry entry) {
    if (base.isEmpty()) {
      steps.put(entry.name(), new Step.Wait(ahead)); // cannot be built before what is ahead
      return;
    }
    String onto = base.get();
    if (entry.attempt().filter(a -> a.equals(new Unmergeable(onto))).isPresent()) {
      steps.put(entry.name(), new Step.Wait(ahead)); // until that speculation comes true or fails
      return;
    }
    var unit = speculation.built(entry).filter(this::isOnBase);
    if (unit.isPresent()) {
      follow(unit.get());
    } else {
      build(entry, onto, 0);
      ahead = entry.name();
      base = Optional.empty();
    }
  }

  private void follow(Built unit) {
    switch (unit.checks()) {
      case MISSING -> carry(unit, new Step.RunChecks(unit));
      case RUNNING -> carry(unit, new Step.AwaitChecks(unit));
      case PASSED -> carry(unit, new Step.Wait(ahead));
      case RETRYING -> {
        if (speculation.mayBeChance(unit)) {
          carry(unit, new Step.AwaitChecks(unit));
        } else {
          lead(unit, new Step.AwaitChecks(unit));
          active++;
        }
      }
      case FAILED -> {
        if (speculation.mayBeChance(unit)) {
          carry(unit, new Step.AwaitChecks(unit));
        } else {
          lead(unit, new Step.Wait(ahead)); // until that speculation comes true or fails
        }
      }
      case BLOCKED -> {
        lead(unit, new Step.AwaitChecks(unit));
        blocked++;
      }
    }
  }

  private void carry(Built unit, Step step) {
    lead(unit, step);
    active++;
    ahead = unit.members().getLast();
    base = Optional.of(unit.commit());
    carried.addAll(unit.members());
    landing.carried(unit);
  }

  private void build(Entry entry, String onto, int share) {
    List<String> members = company(entry, onto);
    steps.put(entry.name(), new Step.Build(onto, members, share));
    followLeader(members, entry.name());
  }

  private void lead(Built unit, Step step) {
    String leader = unit.members().getFirst();
    steps.put(leader, step);
    followLeader(unit.members(), leader);
  }

  private void followLeader(List<String> members, String leader) {
    for (String member : members) {
      if (!member.equals(leader)) {
        steps.put(member, new Step.Wait(leader));
      }
    }
  }

  /**
   * Who shares its check: those of its priority next in line that are to be built, too. Suspects
   * share it with their neighbours alone: who stands between them and has not failed is not to be
   * overtaken. No more is who lands by a decision of its own.
   */
  private List<String> company(Entry leader, String onto) {
    if (leader.isAlone()) {
      return List.of(leader.name());
    }
    int limit = leader.isSuspect() ? leader.share() : shareOfLine();
    List<String> members = new ArrayList<>(List.of(leader.name()));
    for (Entry entry : line.subList(line.indexOf(leader) + 1, line.size())) {
      if (members.size() >= limit
          || entry.isAlone()
          || (leader.isSuspect() && !entry.isSuspect())) {
        break;
      }
      if (joins(entry, leader, onto) && missing(entry, Set.copyOf(members)).isEmpty()) {
        members.add(entry.name());
      }
    }
    return members;
  }

  /** No more than it takes to have all in line under way. */
  private int shareOfLine() {
    int needed = Math.ceilDiv(line.size(), settings.window());
    return Math.clamp(needed, 1, settings.batchSize());
  }

  private boolean joins(Entry entry, Entry leader, String onto) {
    return !steps.containsKey(entry.name())
        && entry.decision().isEmpty()
        && entry.share() == leader.share()
        && entry.priority() == leader.priority()
        && entry.dependsOn().stream().noneMatch(branch.lost()::contains)
        && !isHopeless(entry)
        && !entry.attempt().equals(Optional.of(new Unmergeable(onto)))
        && (entry.isSuspect() ? isUntried(entry) : !isOnTrial(entry));
  }

  /** A suspect that no trial judges now. */
  private boolean isUntried(Entry entry) {
    return speculation.built(entry).filter(unit -> branch.holds(unit.base())).isEmpty();
  }
}
