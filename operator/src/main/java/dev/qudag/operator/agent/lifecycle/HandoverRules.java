package dev.qudag.operator.agent.lifecycle;

import dev.qudag.operator.agent.lifecycle.AgentObservation.HandoverPod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When a stopped pod may go: no pod is let go before the hub has what it left.
 *
 * <pre>
 * stopped ── the hub acknowledged it, or its sidecar never ran ──▶ released
 *    └── not within a few seconds ──▶ handover pod ── succeeded ──▶ released
 *                                          ▲────────── failed: again
 * </pre>
 */
final class HandoverRules {
  private HandoverRules() {}

  /** What is to be done about pods that are stopped and held. */
  static List<Step> settle(AgentObservation seen) {
    List<Step> steps = new ArrayList<>();
    seen.runs().stream()
        .filter(run -> run.held() && run.stopped().isPresent())
        .forEach(run -> steps.addAll(settle(run, seen)));
    boolean wanted =
        seen.runs().stream()
            .anyMatch(run -> run.held() && seen.handover().filter(p -> isFor(p, run)).isPresent());
    if (!wanted && seen.handover().filter(pod -> !pod.deleting()).isPresent()) {
      steps.add(new Step.DropHandover());
    }
    return steps;
  }

  private static List<Step> settle(Run run, AgentObservation seen) {
    Optional<HandoverPod> helper = seen.handover().filter(pod -> isFor(pod, run));
    if (!run.touched()
        || isAcknowledged(run, seen)
        || helper.filter(HandoverPod::succeeded).isPresent()) {
      return List.of(new Step.Release(run));
    }
    if (helper.isPresent()) {
      boolean again = helper.get().failed() && !helper.get().deleting();
      return again ? List.of(new Step.DropHandover()) : List.of();
    }
    Duration patience =
        seen.hub().isPresent() ? HandoverTimes.PATIENCE : HandoverTimes.PATIENCE_WITHOUT_HUB;
    boolean patient = seen.now().isBefore(run.stopped().orElseThrow().plus(patience));
    return patient || seen.handover().isPresent() ? List.of() : List.of(new Step.HandOver(run));
  }

  private static boolean isAcknowledged(Run run, AgentObservation seen) {
    return seen.hub().filter(hub -> hub.acknowledgedPod().equals(run.podUid())).isPresent();
  }

  private static boolean isFor(HandoverPod pod, Run run) {
    return pod.forPod().equals(run.podUid());
  }
}
