package dev.qudag.api.v1alpha1;

/**
 * Why an Agent is ready or not: reasons of its {@code Ready} condition. Beside these, the reason of
 * the pod that does not run, of the Workspace that is stalled, or of the proposal that ended it, is
 * lifted into it.
 */
public enum AgentReason {
  /** Waits for something that comes by itself: its Swarm, its Workspace, the hub. */
  Pending,
  /** Its pod is there and its program does not run yet. */
  Spawning,
  /** Its program runs. */
  Active,
  /** Its program has ended, and the hub gets the last snapshot. */
  HandingOver,
  /** Its program has ended well; a proposal of it is on its way. No pod. */
  Idle,
  /** It is done. No pod. */
  Terminated,
  /** It is suspended, or its Swarm is. No pod. */
  Paused,
  /** It crashed maxAttempts times, or ended without an answer to a refusal. */
  Failed,
  /** Its runs were cut off, or never began, too often: the cluster does not keep its pods. */
  RunsLost,
  /** Its Swarm is not there, or is going. */
  SwarmMissing,
  /** The Workspace that it names is not there, or belongs to another Swarm. */
  WorkspaceMissing,
  /** The Workspace that it names is bound to another Agent. */
  WorkspaceBusy,
  /** It refers to a Secret that its Swarm does not allow. */
  SecretNotAllowed
}
