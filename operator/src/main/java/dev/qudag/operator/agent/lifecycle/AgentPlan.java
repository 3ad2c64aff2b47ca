package dev.qudag.operator.agent.lifecycle;

import dev.qudag.api.v1alpha1.AgentReason;
import dev.qudag.api.v1alpha1.Condition.Status;
import java.time.Duration;
import java.util.List;

/**
 * What a pass does and says.
 *
 * @param comeBack when to look again without an event; zero for never
 */
public record AgentPlan(List<Step> steps, Verdict verdict, Duration comeBack) {
  /**
   * What {@code Ready} says.
   *
   * @param reason of {@link AgentReason}, or lifted from a pod or a proposal
   * @param stalled whether only a person can change it
   */
  public record Verdict(Status ready, String reason, String message, boolean stalled) {
    static Verdict ready(AgentReason reason, String message) {
      return new Verdict(Status.True, reason.name(), message, false);
    }

    static Verdict underway(AgentReason reason, String message) {
      return new Verdict(Status.False, reason.name(), message, false);
    }

    static Verdict stalled(String reason, String message) {
      return new Verdict(Status.False, reason, message, true);
    }
  }

  static AgentPlan of(List<Step> steps, Verdict verdict) {
    return new AgentPlan(List.copyOf(steps), verdict, Duration.ZERO);
  }

  AgentPlan lookAgainIn(Duration delay) {
    return new AgentPlan(steps, verdict, delay);
  }
}
