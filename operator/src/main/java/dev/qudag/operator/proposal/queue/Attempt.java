package dev.qudag.operator.proposal.queue;

/** What came of merging a proposal onto one base. Worth nothing on another base. */
public sealed interface Attempt {
  /** The commit that the proposal was merged onto. */
  String base();

  /**
   * There is an exact commit that could land.
   *
   * @param tree what the checks judge
   * @param checks of that tree
   */
  record Built(String base, String tree, String commit, Checks checks) implements Attempt {}

  /** In conflict with the base, or refused on it. */
  record Unmergeable(String base) implements Attempt {}

  /** How the checks of a tree stand, all together. */
  enum Checks {
    /** At least one has not been started, and none failed. */
    MISSING,
    /** All started, none failed, not all ended. */
    RUNNING,
    /** Every one passed, on exactly that tree. */
    PASSED,
    /** At least one failed. */
    FAILED,
    /** Cannot run at the moment: image, node or hub. Says nothing about the tree. */
    BLOCKED
  }
}
