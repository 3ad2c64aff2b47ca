package dev.qudag.merge.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.Analysis;
import dev.qudag.merge.Category;
import dev.qudag.merge.FileOutcome;
import dev.qudag.merge.FileReport;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Refusal.Reason;
import dev.qudag.merge.tree.TreeEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeAnalyzerIT {
  private static final String LINES = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";

  @TempDir Path directory;
  private TestingHistory history;
  private MergeAnalyzer analyzer;
  private ObjectId root;

  @BeforeEach
  void init() {
    history = TestingHistory.in(directory.resolve("hub.git"));
    analyzer = new MergeAnalyzer(history.repository);
    root = history.commit(List.of(), "a", LINES, "b", LINES);
  }

  @Test
  void differentFilesAreOfCategoryNone() {
    var base = history.commit(List.of(root), "a", LINES + "10\n", "b", LINES);
    var head = history.commit(List.of(root), "a", LINES, "b", LINES + "10\n");

    var clean = clean(base, head);

    assertThat(clean.category()).isEqualTo(Category.None);
    assertThat(clean.mergeBase()).isEqualTo(root);
    assertThat(clean.changedPaths()).containsExactly("b");
    assertThat(clean.tree())
        .isEqualTo(
            history.repository.writeTree(
                TestingHistory.files("a", LINES + "10\n", "b", LINES + "10\n")));
  }

  @Test
  void theSameFileWithoutConflictIsTextual() {
    var base = history.commit(List.of(root), "a", "0\n" + LINES, "b", LINES);
    var head = history.commit(List.of(root), "a", LINES + "10\n", "b", LINES);

    assertThat(clean(base, head).category()).isEqualTo(Category.Textual);
  }

  @Test
  void aConflictIsComplexAndNamesItsFiles() {
    var base = history.commit(List.of(root), "a", "ours\n", "b", "ours\n");
    var head = history.commit(List.of(root), "a", "theirs\n", "b", "theirs\n");

    assertThat(analyzer.analyze(base, head))
        .isEqualTo(
            new Analysis.Conflicted(
                root, List.of(unresolvedFirstLine("a"), unresolvedFirstLine("b"))));
  }

  @Test
  void deletedHereAndChangedThereIsAConflict() {
    var base = history.commit(List.of(root), "b", LINES);
    var head = history.commit(List.of(root), "a", LINES + "10\n", "b", LINES);

    assertThat(analyzer.analyze(base, head))
        .isEqualTo(
            new Analysis.Conflicted(root, List.of(FileReport.of("a", FileOutcome.NotOneFile))));
  }

  @Test
  void aRenameFollowsTheOtherSidesChange() {
    var base = history.commit(List.of(root), "renamed", LINES, "b", LINES);
    var head = history.commit(List.of(root), "a", LINES + "10\n", "b", LINES);

    assertThat(clean(base, head).tree())
        .isEqualTo(
            history.repository.writeTree(
                TestingHistory.files("renamed", LINES + "10\n", "b", LINES)));
  }

  @Test
  void twoVersionsOfABinaryFileAreAConflict() {
    var old = history.commit(List.of(root), "a", "\0one", "b", LINES);
    var base = history.commit(List.of(old), "a", "\0two", "b", LINES);
    var head = history.commit(List.of(old), "a", "\0three", "b", LINES);

    assertThat(analyzer.analyze(base, head))
        .isEqualTo(new Analysis.Conflicted(old, List.of(FileReport.of("a", FileOutcome.Binary))));
  }

  @Test
  void aHeadOnTopOfTheBaseMergesToItsOwnTree() {
    var head = history.commit(List.of(root), "a", "new\n", "b", LINES);

    assertThat(clean(root, head).tree()).isEqualTo(history.repository.treeOf(head).orElseThrow());
  }

  @Test
  void whatTheBranchHasIsNothingToMerge() {
    var base = history.commit(List.of(root), "a", "new\n", "b", LINES);
    var twin = history.commit(List.of(root), "a", "new\n", "b", LINES);

    assertThat(refusal(base, root)).isEqualTo(Reason.NothingToMerge);
    assertThat(refusal(base, base)).isEqualTo(Reason.NothingToMerge);
    assertThat(refusal(base, twin)).isEqualTo(Reason.NothingToMerge);
  }

  @Test
  void historiesWithoutACommonAncestorAreRefused() {
    var other = history.commit(List.of(), "c", "c\n");

    assertThat(refusal(root, other)).isEqualTo(Reason.UnrelatedHistories);
  }

  @Test
  void anUnknownCommitIsNoConflict() {
    var unknown = ObjectId.of("1".repeat(40));

    assertThat(refusal(root, unknown)).isEqualTo(Reason.UnknownRevision);
    assertThat(refusal(unknown, root)).isEqualTo(Reason.UnknownRevision);
    assertThat(refusal(root, history.repository.treeOf(root).orElseThrow()))
        .isEqualTo(Reason.UnknownRevision);
  }

  /** Merge-tree would take it for a change that deletes every file. */
  @Test
  void aCommitWithoutItsTreeIsUnknown() {
    var lost = history.commitTree(ObjectId.of("1".repeat(40)), List.of(root));

    assertThat(refusal(root, lost)).isEqualTo(Reason.UnknownRevision);
    assertThat(refusal(lost, root)).isEqualTo(Reason.UnknownRevision);
  }

  @Test
  void attributesOfTheTreeChooseNoMergeDriver() {
    var old = history.commit(List.of(root), ".gitattributes", "* merge=union\n", "a", LINES);
    var base = history.commit(List.of(old), ".gitattributes", "* merge=union\n", "a", "ours\n");
    var head = history.commit(List.of(old), ".gitattributes", "* merge=union\n", "a", "theirs\n");

    assertThat(analyzer.analyze(base, head))
        .isEqualTo(new Analysis.Conflicted(old, List.of(unresolvedFirstLine("a"))));
  }

  @Test
  void whatAHeadWouldBringIsInspected() {
    var tree =
        history.rawTree(
            TreeEntry.SYMLINK,
            "link".getBytes(StandardCharsets.UTF_8),
            history.blob("../../etc/passwd"));
    var head = history.commitTree(tree, List.of(root));

    assertThat(refusal(root, head)).isEqualTo(Reason.HostileTree);
  }

  @Test
  void analysisIsFast() {
    var base = history.commit(List.of(root), "a", "0\n" + LINES, "b", LINES);
    var head = history.commit(List.of(root), "a", LINES + "10\n", "b", LINES);
    clean(base, head);

    var times = new long[11];
    for (var i = 0; i < times.length; i++) {
      var from = System.nanoTime();
      analyzer.analyze(base, head);
      times[i] = (System.nanoTime() - from) / 1_000;
    }
    Arrays.sort(times);
    System.out.println("analysis: median " + times[5] + " us, worst " + times[10] + " us");
    assertThat(times[0]).as("microseconds of the best run").isLessThan(200_000);
  }

  /** A file with one hunk, which begins at its first line. */
  private static FileReport unresolvedFirstLine(String path) {
    return new FileReport(path, FileOutcome.NoRule, List.of(new FileReport.HunkReport(1, "")));
  }

  private Analysis.Clean clean(ObjectId base, ObjectId head) {
    var analysis = analyzer.analyze(base, head);
    assertThat(analysis).isInstanceOf(Analysis.Clean.class);
    return (Analysis.Clean) analysis;
  }

  private Reason refusal(ObjectId base, ObjectId head) {
    var analysis = analyzer.analyze(base, head);
    assertThat(analysis).isInstanceOf(Analysis.Refused.class);
    return ((Analysis.Refused) analysis).refusal().reason();
  }
}
