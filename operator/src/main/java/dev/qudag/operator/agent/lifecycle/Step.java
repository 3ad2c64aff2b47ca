package dev.qudag.operator.agent.lifecycle;

import java.util.Optional;

/** One thing that a pass does about an agent's runs. Each is idempotent. */
public sealed interface Step {
  /**
   * Starts a pod.
   *
   * @param feedback the feedback that it reads: its revision's
   */
  record Start(int attempt, Optional<Feedback> feedback) implements Step {}

  /** Writes down what the agent is to read, before the attempt that reads it. */
  record GiveFeedback(Feedback feedback, Proposed refused) implements Step {}

  /** Ends a pod; what it left is handed over. */
  record Stop(Run run) implements Step {}

  /** Finishes the handover of a pod that could not. */
  record HandOver(Run run) implements Step {}

  /** Takes away the pod that finished a handover, or failed to. */
  record DropHandover() implements Step {}

  /** Lets a pod go. */
  record Release(Run run) implements Step {}

  /** Takes away a pod that counts for nothing. */
  record Drop(Run run) implements Step {}

  /** Takes away what the agent was given to read. */
  record Forget() implements Step {}

  /** Has the hub make a proposal of what the agent left. */
  record Propose(AgentObservation.CandidateView candidate) implements Step {}
}
