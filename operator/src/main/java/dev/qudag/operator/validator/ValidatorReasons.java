package dev.qudag.operator.validator;

/** The vocabulary of a Validator's conditions, beside the reasons that are lifted from pods. */
final class ValidatorReasons {
  /** It judges and orders decisions. */
  static final String VALIDATING = "Validating";

  /** The Swarm that it belongs to is not there. */
  static final String SWARM_MISSING = "SwarmMissing";

  /** Its volume has no room for what is new: it orders blocks and judges nothing new. */
  static final String VOLUME_FULL = "VolumeFull";

  /** Its pod is starting. */
  static final String STARTING = "Starting";

  /** The set is not complete yet: there is no genesis to join. */
  static final String AWAITING_GENESIS = "AwaitingGenesis";

  /** It is being handed the genesis, or the set decides that it joins. */
  static final String JOINING = "Joining";

  /** Its key is the one that the genesis names, or the decision by which it joined. */
  static final String NAMED_BY_GENESIS = "NamedByGenesis";

  /** It has another key than the genesis names. */
  static final String KEY_CHANGED = "KeyChanged";

  /** What answers at its address is not the pod that the operator made. */
  static final String ENROLMENT_REFUSED = "EnrolmentRefused";

  /** The set does without it, and spec asks for no more. */
  static final String NOT_IN_SET = "NotInSet";

  /** It was in the set, and that decided to go on without it; not by evidence. */
  static final String REMOVED = "Removed";

  /** It does not answer. */
  static final String UNREACHABLE = "Unreachable";

  /** Its chain is behind the hub's. */
  static final String CATCHING_UP = "CatchingUp";

  /** Its chain is as high as the hub's. */
  static final String AT_HEAD = "AtHead";

  /** Evidence convicted it, and the set decided to go on without it. */
  static final String SLASHED = "Slashed";

  /** Nothing that was decided on says that it lied. */
  static final String NOT_CONVICTED = "NotConvicted";

  private ValidatorReasons() {}
}
