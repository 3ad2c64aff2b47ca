package dev.qudag.api.v1alpha1;

/** Why a Workspace is ready or not: reasons of its conditions. */
public enum WorkspaceReason {
  /** The working copy is there. */
  Cloned,
  /** No agent has run in it yet: the first one clones. */
  NotCloned,
  /** The sidecar joins the swarm and clones the branch. */
  Cloning,
  /** An agent runs in it. */
  Bound,
  /** No agent runs in it. */
  Unbound,
  /** What answered at the sidecar's address is not the pod that the operator made. */
  EnrolmentRefused,
  /** Its volume has joined the chain of an earlier Swarm of the same name, and keeps it. */
  JoinedOtherChain,
  /** Its Swarm is not there, or is going. */
  SwarmMissing,
  /** Its base is not the branch of its Swarm. */
  UnknownBranch,
  /** A volume of its name is there and belongs to something else. */
  VolumeTaken
}
