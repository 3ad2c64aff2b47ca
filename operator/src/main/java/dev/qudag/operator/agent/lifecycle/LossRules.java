package dev.qudag.operator.agent.lifecycle;

import dev.qudag.api.v1alpha1.AgentReason;
import dev.qudag.operator.agent.lifecycle.AgentPlan.Verdict;
import java.time.Duration;
import java.util.Optional;

/**
 * When an agent whose run was lost is started again: later each time, and not for ever. Pure.
 *
 * <p>A lost run is no crash and costs the agent no attempt. But a volume that no pod can mount, or
 * a sidecar that never joins, loses every run, and each holds room on the cluster that others could
 * use.
 */
final class LossRules {
  /**
   * Lost runs of one revision, after which a person must look: as many as the crashes that {@code
   * maxAttempts} can allow at most, so that no agent is started more often for the cluster's faults
   * than it may be for its own.
   */
  static final int MOST = 20;

  /** After the first lost run; each further one doubles it. */
  static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

  /** With this, {@link #MOST} lost runs outlast an outage of an hour. */
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private static final int MOST_DOUBLINGS = 5;

  private LossRules() {}

  /** How long after its end the latest run, which was lost, is tried again. */
  static Duration pause(AgentObservation seen) {
    int doublings = Math.min(MOST_DOUBLINGS, Math.max(0, lost(seen) - 1));
    Duration pause = FIRST_PAUSE.multipliedBy(1L << doublings);
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /**
   * The end of an agent whose runs are lost again and again.
   *
   * @param why the latest was lost
   */
  static Optional<Verdict> tooMany(AgentObservation seen, String why) {
    int lost = lost(seen);
    return lost < MOST
        ? Optional.empty()
        : Optional.of(
            Verdict.stalled(
                AgentReason.RunsLost.name(),
                "%d of its runs were lost, the last because %s. See kubectl get events and the nodes; make a new Agent when the cluster keeps its pods"
                    .formatted(lost, why)));
  }

  /** Lost runs leave no pod behind: those of this revision that left one have crashed. */
  private static int lost(AgentObservation seen) {
    int runs = seen.lastAttempt() - seen.firstAttemptOfRevision() + 1;
    return runs - seen.crashes().size();
  }
}
