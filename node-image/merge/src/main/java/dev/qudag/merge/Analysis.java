package dev.qudag.merge;

import java.util.List;

/**
 * What merging a head into a base, or undoing a commit on it, comes to: a function of the two
 * commits and of {@link EngineDigest}, nothing else.
 */
public sealed interface Analysis {

  /**
   * Git merges it.
   *
   * @param mergeBase the best common ancestor (the smallest id where several are best); of a revert
   *     the commit that is undone
   * @param tree the merged tree; in the repository already
   * @param changedPaths what the merge changes on the base, sorted
   */
  record Clean(Category category, ObjectId mergeBase, ObjectId tree, List<String> changedPaths)
      implements Analysis {
    public Clean {
      changedPaths = List.copyOf(changedPaths);
    }
  }

  /**
   * Git leaves conflicts; the category is {@link Category#Complex}.
   *
   * @param paths every file in conflict, sorted
   */
  record Conflicted(ObjectId mergeBase, List<String> paths) implements Analysis {
    public Conflicted {
      paths = List.copyOf(paths);
    }

    public Category category() {
      return Category.Complex;
    }
  }

  /** There is nothing to judge, or nothing that may be judged. */
  record Refused(Refusal refusal) implements Analysis {
    public static Refused because(Refusal.Reason reason, String message) {
      return new Refused(new Refusal(reason, message));
    }
  }
}
