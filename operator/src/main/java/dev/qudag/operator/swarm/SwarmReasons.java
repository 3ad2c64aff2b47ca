package dev.qudag.operator.swarm;

/** The vocabulary of a Swarm's conditions, beside the reasons that are lifted from pods. */
final class SwarmReasons {
  /** All is as it should be. */
  static final String RUNNING = "Running";

  /** {@code spec.suspended} is true. */
  static final String SUSPENDED = "Suspended";

  /** A volume of an earlier Swarm of this name is there: a person decides. */
  static final String REPOSITORY_RETAINED = "RepositoryRetained";

  /** What a person handed in for a chain in the place of another does not fit. */
  static final String RECOVERY_REFUSED = "RecoveryRefused";

  /** The volume of an earlier Swarm of this name is being removed. */
  static final String VOLUME_TERMINATING = "VolumeTerminating";

  /** The ConfigMap of {@code seedConfigMapRef} is missing or has no key files.yaml. */
  static final String SEED_MISSING = "SeedMissing";

  /** What the repository starts from has files of Git LFS. */
  static final String LFS_UNSUPPORTED = "LfsUnsupported";

  /** {@code validators.replicas} is less than the set has: this version makes none smaller. */
  static final String SET_IS_FIXED = "SetIsFixed";

  /** Nodes have joined a genesis that is no longer in its ConfigMap. */
  static final String GENESIS_LOST = "GenesisLost";

  /** Keys that a person named, or those of the nodes, cannot stand in one genesis. */
  static final String GENESIS_INVALID = "GenesisInvalid";

  /** What answers at a node's address is not the pod that the operator made. */
  static final String ENROLMENT_REFUSED = "EnrolmentRefused";

  /** The hub answers with another key than the genesis names. */
  static final String KEY_CHANGED = "KeyChanged";

  /** Pods are starting. */
  static final String STARTING = "Starting";

  /** Nodes are there and are being enrolled. */
  static final String ENROLLING = "Enrolling";

  /** The genesis is there; not all nodes have joined. */
  static final String JOINING = "Joining";

  /** The hub cannot be reached. */
  static final String HUB_UNAVAILABLE = "HubUnavailable";

  /** The hub's volume has no room for what is new: no proposal is taken, all else goes on. */
  static final String VOLUME_FULL = "VolumeFull";

  /** Upstream answers. */
  static final String REACHABLE = "Reachable";

  /** Upstream does not answer, or does not let the hub in: landing waits. */
  static final String UPSTREAM_UNREACHABLE = "UpstreamUnreachable";

  /** A rule of upstream's server refuses what was decided. */
  static final String UPSTREAM_REFUSED = "UpstreamRefused";

  /** Upstream's branch does not build on what was there, or is gone. */
  static final String UPSTREAM_REWRITTEN = "UpstreamRewritten";

  /** Upstream's branch holds what the swarm does not take in. */
  static final String UPSTREAM_UNFIT = "UpstreamUnfit";

  /** The hub cannot sign commits as the policy asks for. */
  static final String SIGNING_KEY_UNUSABLE = "SigningKeyUnusable";

  /** The validators decide on the policy that spec asks for. */
  static final String POLICY_CHANGING = "PolicyChanging";

  /** No validator can judge by the policy that spec asks for. */
  static final String POLICY_INVALID = "PolicyInvalid";

  /** The validators rejected the policy that spec asks for. */
  static final String POLICY_REJECTED = "PolicyRejected";

  /** The policy that spec asks for, or a chain in the place of another, needs a signature. */
  static final String AWAITING_ADMINISTRATOR = "AwaitingAdministrator";

  /** Fewer validators are ready than a decision needs. */
  static final String QUORUM_LOST = "QuorumLost";

  /** Enough validators are ready. */
  static final String QUORUM_READY = "QuorumReady";

  /** One validator tolerates no fault. */
  static final String SINGLE_VALIDATOR = "SingleValidator";

  /**
   * Validators share a node of the cluster, so that its loss takes more of them than the set
   * tolerates.
   */
  static final String SHARED_NODE = "SharedNode";

  /** Validators are down; one more fault stops merging. */
  static final String NO_MARGIN = "NoMargin";

  /** The loss of any one node of the cluster leaves a quorum. */
  static final String SPREAD = "Spread";

  static final String SERVING = "Serving";
  static final String ALL_AVAILABLE = "AllAvailable";
  static final String SOME_UNAVAILABLE = "SomeUnavailable";
  static final String NO_AGENTS = "NoAgents";

  /** No adminKeys in the genesis: the operator's word changes set and policy. */
  static final String NO_ADMIN_KEYS = "NoAdminKeys";

  /** The genesis names adminKeys: one of them signs each change of set and policy. */
  static final String ADMIN_KEYS = "AdminKeys";

  /** As many validators decide as spec asks for. */
  static final String COMPLETE = "Complete";

  /** Validators are on their way into the set. */
  static final String SET_CHANGING = "SetChanging";

  /** The validators of the set rejected that others join. */
  static final String SET_REJECTED = "SetRejected";

  /** Validators wait for a person's signature to join. */
  static final String NEEDS_ADMINISTRATOR = "NeedsAdministrator";

  /** A ConfigMap that is not the Swarm's has a name that the Swarm needs. */
  static final String NAME_TAKEN = "NameTaken";

  /** The hub tells of an epoch, and what it shows does not lead there. */
  static final String SEAL_NOT_PROVEN = "SealNotProven";

  private SwarmReasons() {}
}
