package dev.qudag.merge.git;

import dev.qudag.merge.Analysis;
import dev.qudag.merge.Analysis.Refused;
import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.CommitMeta;
import dev.qudag.merge.FileOutcome;
import dev.qudag.merge.FileReport;
import dev.qudag.merge.MergeRules;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Refusal.Reason;
import dev.qudag.merge.git.structure.MergirafSettings;
import dev.qudag.merge.landing.LandedLine;
import dev.qudag.merge.symbol.SymbolReport;
import dev.qudag.merge.tree.TreeInspector;
import java.util.List;
import java.util.Optional;

/**
 * Asks git what a merge or a revert comes to; nothing is checked out. The same on hub and
 * validators.
 */
public final class MergeAnalyzer {
  private static final String NOBODY = "stage@qudag.invalid";
  private static final CommitMeta STAGED =
      new CommitMeta("QuDAG", NOBODY, "QuDAG", NOBODY, 0, "Stage a merge");

  private final GitRepository repository;
  private final TreeInspector inspector;
  private final ConflictResolver resolver;
  private final LandedLine line;
  private final SymbolComparison symbols;

  public MergeAnalyzer(GitRepository repository) {
    this(repository, 1);
  }

  private MergeAnalyzer(GitRepository repository, int patience) {
    this.repository = repository;
    this.inspector = new TreeInspector(repository.limits());
    this.resolver = new ConflictResolver(repository, patience);
    this.line = new LandedLine(repository::header, repository::startOf, repository::isAncestor);
    this.symbols = new SymbolComparison(repository.parser());
  }

  /**
   * One that repeats what another finished, maybe on a slower machine: it waits longer for
   * programs, and comes to the same.
   */
  public static MergeAnalyzer patient(GitRepository repository) {
    return new MergeAnalyzer(repository, MergirafSettings.PATIENCE);
  }

  /**
   * Three commits to merge.
   *
   * @param mergeBase what the answer names as such
   * @param ancestor common to both sides
   * @param byRules whether rules may resolve conflicts
   * @param areCompared whether symbols are
   * @param nothing what it is when the merge leaves {@code ours} as it is
   */
  private record Sides(
      ObjectId mergeBase,
      ObjectId ancestor,
      ObjectId ours,
      ObjectId theirs,
      boolean byRules,
      boolean areCompared,
      Refused nothing) {
    Sides withoutSymbols() {
      return new Sides(mergeBase, ancestor, ours, theirs, byRules, false, nothing);
    }
  }

  /**
   * Merges {@code head} into {@code base}; the merged tree is in the repository afterwards. Where
   * the head builds on a commit that the base has squashed or rebased, that commit is the common
   * ancestor.
   *
   * @throws dev.qudag.merge.parser.ParserException when the parser of source files fails
   */
  public Analysis analyze(ObjectId base, ObjectId head) {
    try (var objects = repository.objects()) {
      var unknown = unknown(objects, base, head);
      if (unknown.isPresent()) {
        return unknown.get();
      }
      var mergeBases = repository.mergeBases(base, head);
      if (mergeBases.isEmpty()) {
        return Refused.because(
            Reason.UnrelatedHistories, "%s and %s have no common ancestor".formatted(base, head));
      }
      if (mergeBases.contains(head)) {
        return Refused.because(Reason.NothingToMerge, base + " already contains " + head);
      }
      var nothing =
          Refused.because(Reason.NothingToMerge, "merging " + head + " would change nothing");
      var source = line.source(base, head, mergeBases);
      if (source.isPresent()) {
        return source.get().equals(head)
            ? Refused.because(Reason.NothingToMerge, base + " already has the changes of " + head)
            : merge(objects, stage(objects, new Staged(source.get(), base, head), true, nothing));
      }
      var mergeBase = mergeBases.getFirst();
      return merge(objects, new Sides(mergeBase, mergeBase, base, head, true, true, nothing));
    }
  }

  /**
   * Undoes on {@code base} what {@code reverted} changed against the branch {@link #before} it: the
   * merge of that commit into the base with {@code reverted} as their common ancestor, as
   * git-revert(1) does it. The tree is in the repository afterwards; the answer's merge base is
   * {@code reverted}. No rule resolves its conflicts: rules keep what both sides have, and a revert
   * takes away. Its symbols are not compared: a person ordered it.
   */
  public Analysis revert(ObjectId base, ObjectId reverted) {
    try (var objects = repository.objects()) {
      var unknown = unknown(objects, base, reverted);
      if (unknown.isPresent()) {
        return unknown.get();
      }
      if (!repository.isAncestor(reverted, base)) {
        return Refused.because(Reason.NotOnBranch, base + " does not build on " + reverted);
      }
      var mainline = line.before(reverted);
      if (mainline.isEmpty()) {
        return Refused.because(Reason.NothingToRevert, reverted + " is the first commit");
      }
      var nothing =
          Refused.because(
              Reason.NothingToRevert, "reverting " + reverted + " would change nothing");
      return merge(
          objects, stage(objects, new Staged(reverted, base, mainline.get()), false, nothing));
    }
  }

  /**
   * Where the branch stood before a landed commit came, with those that landed together with it.
   *
   * @return empty when nothing was before it
   */
  public Optional<ObjectId> before(ObjectId landed) {
    return line.before(landed);
  }

  /**
   * Does on {@code onto} what {@code commit} changed against its first parent, as
   * git-cherry-pick(1) does it. The tree is in the repository afterwards; the answer's merge base
   * is that parent. Symbols are not compared: they are of the whole that the commit is part of.
   */
  public Analysis pick(ObjectId onto, ObjectId commit) {
    try (var objects = repository.objects()) {
      var unknown = unknown(objects, onto, commit);
      if (unknown.isPresent()) {
        return unknown.get();
      }
      var parent = objects.firstParent(commit);
      if (parent.isEmpty()) {
        return Refused.because(Reason.UnrelatedHistories, commit + " builds on nothing");
      }
      var nothing =
          Refused.because(Reason.NothingToMerge, commit + " would change nothing on " + onto);
      var staged = stage(objects, new Staged(parent.get(), onto, commit), true, nothing);
      return merge(objects, staged.withoutSymbols());
    }
  }

  /** Three commits of which the first is to be taken for what the others have in common. */
  private record Staged(ObjectId ancestor, ObjectId ours, ObjectId theirs) {}

  /**
   * The trees alone, as commits that have the ancestor as their parent: git-merge-tree(1) takes no
   * merge base of its own before 2.40, and this is the same merge with every version. No ref names
   * these commits.
   */
  private Sides stage(ObjectReader objects, Staged of, boolean byRules, Refused nothing) {
    var ancestor = staged(objects, of.ancestor(), List.of());
    return new Sides(
        of.ancestor(),
        ancestor,
        staged(objects, of.ours(), List.of(ancestor)),
        staged(objects, of.theirs(), List.of(ancestor)),
        byRules,
        byRules,
        nothing);
  }

  private ObjectId staged(ObjectReader objects, ObjectId commit, List<ObjectId> parents) {
    var tree = objects.treeOf(commit).orElseThrow();
    return repository.writeCommit(CommitBuilder.bytes(tree, parents, STAGED));
  }

  /**
   * Asked first: merge-tree ends when it is to merge an unknown commit, and takes one whose tree is
   * missing for one that deletes every file (git 2.39).
   */
  private static Optional<Analysis> unknown(ObjectReader objects, ObjectId... commits) {
    for (var commit : commits) {
      if (objects.commit(commit).isEmpty() || objects.treeOf(commit).isEmpty()) {
        return Optional.of(
            Refused.because(
                Reason.UnknownRevision,
                "no commit %s with its tree in the repository".formatted(commit)));
      }
    }
    return Optional.empty();
  }

  private Analysis merge(ObjectReader objects, Sides sides) {
    var merged = repository.merges().merge(sides.ours(), sides.theirs());
    if (merged.clean()) {
      return judge(objects, sides, merged.tree(), List.of());
    }
    if (!sides.byRules()) {
      return new Analysis.Conflicted(
          sides.mergeBase(),
          merged.conflicts().stream()
              .map(path -> FileReport.of(path, FileOutcome.NotTried))
              .toList());
    }
    return switch (resolver.resolve(objects, merged)) {
      case ConflictResolver.Outcome.Tree(var tree, var files) -> judge(objects, sides, tree, files);
      case ConflictResolver.Outcome.Left(var files) ->
          new Analysis.Conflicted(sides.mergeBase(), files);
    };
  }

  /**
   * @param resolved by rules or by structure, in the merged tree
   */
  private Analysis judge(
      ObjectReader objects, Sides sides, ObjectId merged, List<FileReport> resolved) {
    var ours = objects.treeOf(sides.ours()).orElseThrow();
    if (merged.equals(ours)) {
      return sides.nothing();
    }
    var ancestor = objects.treeOf(sides.ancestor()).orElseThrow();
    var theirs = objects.treeOf(sides.theirs()).orElseThrow();
    var diffs =
        TreeDiffs.of(
            repository.diffs(),
            List.of(
                new TreeDiffs.Pair(ancestor, ours),
                new TreeDiffs.Pair(ancestor, theirs),
                new TreeDiffs.Pair(ours, merged)));
    var changed = diffs.get(2);
    var brought = changed.entries(id -> objects.info(id).map(ObjectReader.Info::size).orElse(-1L));
    var refusal = inspector.inspect(brought, objects::content);
    if (refusal.isPresent()) {
      return new Refused(refusal.get());
    }
    var compared =
        sides.areCompared()
            ? symbols.of(objects, diffs.get(0).files(), diffs.get(1).files())
            : SymbolReport.NONE;
    var category =
        MergeRules.categoryOfClean(compared, resolved, diffs.get(0).paths(), diffs.get(1).paths());
    return new Analysis.Clean(
        category, sides.mergeBase(), merged, List.copyOf(changed.paths()), resolved, compared);
  }
}
