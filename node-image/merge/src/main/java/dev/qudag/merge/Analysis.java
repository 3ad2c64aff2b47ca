package dev.qudag.merge;

import dev.qudag.merge.symbol.SymbolReport;
import java.util.List;

/**
 * What merging a head into a base, or undoing a commit on it, comes to: a function of the two
 * commits and of {@link EngineDigest}, nothing else.
 */
public sealed interface Analysis {

  /**
   * Git merges it, or leaves conflicts that pattern rules or a structured merge resolve.
   *
   * @param mergeBase the best common ancestor (the smallest id where several are best); of a revert
   *     the commit that is undone
   * @param tree the merged tree; in the repository already
   * @param changedPaths what the merge changes on the base, sorted
   * @param resolved every file that git leaves in conflict, by path; empty when git merges it
   * @param symbols what the sides make of each other's symbols
   */
  record Clean(
      Category category,
      ObjectId mergeBase,
      ObjectId tree,
      List<String> changedPaths,
      List<FileReport> resolved,
      SymbolReport symbols)
      implements Analysis {
    public Clean {
      changedPaths = List.copyOf(changedPaths);
      resolved = List.copyOf(resolved);
    }
  }

  /**
   * It leaves conflicts for people; the category is {@link Category#Complex}.
   *
   * @param files every file in conflict, by path
   */
  record Conflicted(ObjectId mergeBase, List<FileReport> files) implements Analysis {
    public Conflicted {
      files = List.copyOf(files);
    }

    public Category category() {
      return Category.Complex;
    }

    /**
     * Whether another node, or this one at another time, may come to something else: a program did
     * not come to its end.
     */
    public boolean isByChance() {
      return files.stream().anyMatch(file -> file.outcome() == FileOutcome.Stopped);
    }

    /** Every file in conflict, sorted. */
    public List<String> paths() {
      return files.stream().map(FileReport::path).toList();
    }
  }

  /** There is nothing to judge, or nothing that may be judged. */
  record Refused(Refusal refusal) implements Analysis {
    public static Refused because(Refusal.Reason reason, String message) {
      return new Refused(new Refusal(reason, message));
    }
  }
}
