package dev.qudag.operator.proposal.queue;

import java.util.List;

/** What came of merging proposals onto one base. Worth nothing on another base. */
public sealed interface Attempt {
  /** The commit that was merged onto. */
  String base();

  /**
   * There is an exact commit that could land.
   *
   * @param members whose changes it adds to the base, in the order of their merges; each of them
   *     has this same attempt
   * @param tree what the checks judge
   * @param checks of that tree
   */
  record Built(String base, List<String> members, String tree, String commit, Checks checks)
      implements Attempt {
    public Built {
      members = List.copyOf(members);
    }
  }

  /**
   * In conflict with the base, or refused on it.
   *
   * @param base with what those of its batch before it added
   */
  record Unmergeable(String base) implements Attempt {}

  /** How the checks of a tree stand, all together. */
  enum Checks {
    /** At least one has not been started, and none failed. */
    MISSING,
    /** All started, none failed, not all ended. */
    RUNNING,
    /** At least one failed and runs again: it may have been chance. */
    RETRYING,
    /** Every one passed, on exactly that tree. */
    PASSED,
    /** At least one failed as often as it may. */
    FAILED,
    /** Cannot run at the moment: image, node or hub. Says nothing about the tree. */
    BLOCKED
  }
}
