package dev.qudag.operator.crash;

/**
 * A step that the world knows of and no status tells yet: what dies here could be lost, or be done
 * twice. The list is closed; a test kills the operator at each.
 */
public enum CrashPoint {
  /** The MergeProposal of an announced proposal is made, and has no status yet. */
  PROPOSAL_ANNOUNCED,
  /** The hub has merged a proposal in trial; status does not tell the commit. */
  PROPOSAL_ANALYZED,
  /** The Jobs of its checks are made; status does not name them. */
  CHECKS_STARTED,
  /** A Job that could not run is deleted; the one in its place is not made. */
  CHECK_DROPPED,
  /** Status tells what is irrevocable; it is not done. */
  INTENT_PERSISTED,
  /** The hub has the decision, and the validators may vote on it. */
  DECISION_ASKED,
  /** The hub has ended the proposal. */
  CLOSING_ASKED,
  /** The hub has made a proposal of what a person applied. */
  CANDIDATE_PROPOSED,
  /** The hub tells that the proposal has ended; status does not. */
  END_HEARD,
  /** The hub has ended a proposal that was deleted; its object is held. */
  WITHDRAWAL_ASKED,
  /** The hub tells that a deleted proposal has ended; its object is held. */
  WITHDRAWAL_HEARD,
  /** An agent has its task and its Workspace, and no pod. */
  AGENT_EQUIPPED,
  /** An agent's feedback is written down; the run that reads it is not started. */
  FEEDBACK_GIVEN,
  /** A run's pod is made; status does not count it. */
  RUN_STARTED,
  /** The pod that finishes a lost pod's handover is made. */
  HANDOVER_STARTED,
  /** A pod is let go; status still says that it hands over. */
  RUN_RELEASED,
  /** The hub has made a proposal of what an agent left. */
  LEFTOVER_PROPOSED,
  /** Nothing of a deleted agent is held any more but its object. */
  AGENT_LEFT
}
