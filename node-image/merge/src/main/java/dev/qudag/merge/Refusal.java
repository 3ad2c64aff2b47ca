package dev.qudag.merge;

/**
 * Why a commit, tree or bundle is not taken; the reason is API, the message names the offending
 * thing.
 *
 * @param message one printable line
 */
public record Refusal(Reason reason, String message) {

  /** The closed list of reasons. */
  public enum Reason {
    /** The repository does not hold the commit. */
    UnknownRevision,
    /** The bundle builds on commits that the repository does not hold. */
    UnknownBase,
    /** The commits have no common ancestor. */
    UnrelatedHistories,
    /** The branch has it already, or would not change by it. */
    NothingToMerge,
    /** The base does not build on the commit that is to be undone. */
    NotOnBranch,
    /** Nothing of the commit is left to undo, or there was nothing before it. */
    NothingToRevert,
    /** A commit that cannot be made again on the branch by itself, since it merges others. */
    NotLinear,
    /** More commits than are made again on the branch. */
    TooManyCommits,
    /** A commit conflicts with the branch by itself, although all of them together do not. */
    StepConflicts,
    /** Made again one by one, the commits come to another tree than all of them together. */
    StepsDiffer,
    /** A commit is not signed by the key that the policy names. */
    BadSignature,
    /** A path, mode or link that a checkout must never meet. */
    HostileTree,
    /** Files of Git LFS, whose content the repository does not hold. */
    LfsUnsupported,
    /** More files or bytes than the limits allow. */
    TooLarge,
    /** Not a bundle, or one whose objects are damaged. */
    BadBundle
  }
}
