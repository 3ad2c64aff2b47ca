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
