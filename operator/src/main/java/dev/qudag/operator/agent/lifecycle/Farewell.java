package dev.qudag.operator.agent.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How an agent that is being deleted takes leave: its pods end, the hub gets what they left, and
 * only then the object goes. Pure.
 *
 * @param done whether no pod of it is held any more
 */
public record Farewell(List<Step> steps, boolean done) {
  /** After this the pods go, whatever the hub says. */
  static final Duration LIMIT = HandoverTimes.IN_ALL;

  public static Farewell of(AgentObservation seen, Instant deletedAt) {
    boolean hopeless =
        seen.swarm().isEmpty()
            || seen.workspace().isEmpty()
            || seen.now().isAfter(deletedAt.plus(LIMIT));
    List<Step> steps = new ArrayList<>();
    for (Run run : seen.runs()) {
      if (hopeless && run.held()) {
        steps.add(new Step.Release(run));
      }
      if (!run.deleting()) {
        steps.add(hopeless ? new Step.Drop(run) : new Step.Stop(run));
      }
    }
    if (!hopeless) {
      steps.addAll(HandoverRules.settle(seen));
    }
    boolean held = seen.runs().stream().anyMatch(Run::held);
    return new Farewell(List.copyOf(steps), hopeless || !held);
  }
}
