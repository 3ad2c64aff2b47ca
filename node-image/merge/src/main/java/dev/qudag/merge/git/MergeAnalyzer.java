package dev.qudag.merge.git;

import dev.qudag.merge.Analysis;
import dev.qudag.merge.Analysis.Refused;
import dev.qudag.merge.MergeRules;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Refusal.Reason;
import dev.qudag.merge.tree.TreeInspector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Asks git what a merge comes to: four processes, nothing checked out. The same on hub and
 * validators.
 */
public final class MergeAnalyzer {
  private final GitRepository repository;
  private final TreeInspector inspector;

  public MergeAnalyzer(GitRepository repository) {
    this.repository = repository;
    this.inspector = new TreeInspector(repository.limits());
  }

  /** Merges {@code head} into {@code base}; the merged tree is in the repository afterwards. */
  public Analysis analyze(ObjectId base, ObjectId head) {
    try (var objects = repository.objects()) {
      // First: merge-tree exits 1 for an unknown commit, as it does for a conflict.
      for (var commit : List.of(base, head)) {
        if (objects.commit(commit).isEmpty()) {
          return Refused.because(
              Reason.UnknownRevision, "no commit " + commit + " in the repository");
        }
      }
      var mergeBases = repository.mergeBases(base, head);
      if (mergeBases.isEmpty()) {
        return Refused.because(
            Reason.UnrelatedHistories, "%s and %s have no common ancestor".formatted(base, head));
      }
      if (mergeBases.contains(head)) {
        return Refused.because(Reason.NothingToMerge, base + " already contains " + head);
      }
      return merge(objects, mergeBases.getFirst(), base, head);
    }
  }

  private Analysis merge(ObjectReader objects, ObjectId mergeBase, ObjectId base, ObjectId head) {
    var args =
        new String[] {
          "merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", base.hex(), head.hex()
        };
    var result = repository.git().run(GitProcess.Input.NONE, List.of(0, 1), args);
    var fields = new String(result.output(), StandardCharsets.UTF_8).split("\0");
    if (result.exit() == 1) {
      return new Analysis.Conflicted(mergeBase, conflicts(fields));
    }
    var tree = ObjectId.of(fields[0]);
    var baseTree = objects.treeOf(base).orElseThrow();
    if (tree.equals(baseTree)) {
      return Refused.because(Reason.NothingToMerge, "merging " + head + " would change nothing");
    }
    return judge(objects, mergeBase, baseTree, objects.treeOf(head).orElseThrow(), tree);
  }

  private Analysis judge(
      ObjectReader objects, ObjectId mergeBase, ObjectId base, ObjectId head, ObjectId merged) {
    var ancestor = objects.treeOf(mergeBase).orElseThrow();
    var diffs =
        TreeDiffs.of(
            repository,
            List.of(
                new TreeDiffs.Pair(ancestor, base),
                new TreeDiffs.Pair(ancestor, head),
                new TreeDiffs.Pair(base, merged)));
    var changed = diffs.get(2);
    var brought = changed.entries(id -> objects.info(id).map(ObjectReader.Info::size).orElse(-1L));
    var refusal = inspector.inspect(brought, objects::content);
    if (refusal.isPresent()) {
      return new Refused(refusal.get());
    }
    var category = MergeRules.categoryOfClean(diffs.get(0).paths(), diffs.get(1).paths());
    return new Analysis.Clean(category, mergeBase, merged, List.copyOf(changed.paths()));
  }

  private static List<String> conflicts(String[] fields) {
    var paths = new TreeSet<String>();
    for (var i = 1; i < fields.length; i++) {
      paths.add(fields[i]);
    }
    return new ArrayList<>(paths);
  }
}
