package dev.qudag.operator.proposal.queue;

import dev.qudag.operator.proposal.queue.Attempt.Built;
import dev.qudag.operator.proposal.queue.Attempt.Checks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What may land now: of those carried from the head on, as far as a tree passed; else who was
 * acquitted on the head, when that makes no running check void.
 */
final class Landing {
  private final Branch branch;
  private final QueueSettings settings;
  private final Speculation speculation;
  private final List<Built> chain = new ArrayList<>();
  private Optional<Built> acquitted = Optional.empty();
  private boolean isDeciding;

  Landing(Branch branch, QueueSettings settings, Speculation speculation) {
    this.branch = branch;
    this.settings = settings;
    this.speculation = speculation;
  }

  /** The validators judge a decision on the head: there is no second one. */
  void decisionUnderWay() {
    isDeciding = true;
  }

  void carried(Built unit) {
    chain.add(unit);
  }

  void acquitted(Built unit) {
    if (acquitted.isEmpty()) {
      acquitted = Optional.of(unit);
    }
  }

  /** In place of what the walk said of those that land, or would. */
  Map<String, Step> steps() {
    Map<String, Step> steps = new HashMap<>();
    if (isDeciding) {
      return steps;
    }
    chain.stream().filter(unit -> passed(unit) && isHeld(unit)).forEach(unit -> hold(unit, steps));
    int last = last();
    if (last >= 0) {
      decide(chain.get(last), chain.subList(0, last + 1), steps);
    } else if (acquitted.isPresent() && chain.stream().noneMatch(this::isPromising)) {
      Built alone = acquitted.get();
      if (isHeld(alone)) {
        hold(alone, steps);
      } else {
        decide(alone, List.of(alone), steps);
      }
    }
    return steps;
  }

  /** Index of the farthest tree that passed, -1 when none may land. */
  private int last() {
    int last = -1;
    for (int i = 0; i < chain.size() && !isHeld(chain.get(i)); i++) {
      if (i > 0
          && (speculation.landsAlone(chain.getFirst()) || speculation.landsAlone(chain.get(i)))) {
        return last;
      }
      if (passed(chain.get(i))) {
        last = i;
      }
    }
    return last;
  }

  private static boolean passed(Built unit) {
    return unit.checks() == Checks.PASSED;
  }

  private boolean isPromising(Built unit) {
    return !isHeld(unit) && (passed(unit) || unit.checks() == Checks.RUNNING);
  }

  private boolean isHeld(Built unit) {
    return speculation.members(unit).stream().anyMatch(settings::freezes);
  }

  private void hold(Built unit, Map<String, Step> steps) {
    steps.put(unit.members().getFirst(), new Step.Hold(settings.freezeBelow()));
  }

  private void decide(Built tip, List<Built> landing, Map<String, Step> steps) {
    List<String> members = landing.stream().flatMap(unit -> unit.members().stream()).toList();
    String leader = members.getFirst();
    if (!branch.head().equals(landing.getFirst().base())) {
      throw new IllegalStateException(
          "%s is built on %s, the head is %s"
              .formatted(leader, landing.getFirst().base(), branch.head()));
    }
    members.forEach(member -> steps.put(member, new Step.Wait(leader)));
    steps.put(leader, new Step.Decide(tip, members));
  }
}
