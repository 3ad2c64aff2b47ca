package dev.qudag.merge.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.Analysis;
import dev.qudag.merge.Category;
import dev.qudag.merge.FileOutcome;
import dev.qudag.merge.FileReport;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Refusal.Reason;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it comes to when a landed commit is undone, with real git. */
class RevertIT {
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

  /** As a landing is: a merge whose first parent is the branch. */
  private ObjectId landed(ObjectId branch, String... pathsAndTexts) {
    var proposal = history.commit(List.of(root), pathsAndTexts);
    return history.commit(List.of(branch, proposal), pathsAndTexts);
  }

  @Test
  void theLastLandingIsUndoneToTheTreeBeforeIt() {
    var bad = landed(root, "a", LINES + "10\n", "b", LINES);

    var clean = clean(bad, bad);

    assertThat(clean.tree()).isEqualTo(history.repository.treeOf(root).orElseThrow());
    assertThat(clean.mergeBase()).isEqualTo(bad);
    assertThat(clean.changedPaths()).containsExactly("a");
    assertThat(clean.category()).isEqualTo(Category.None);
  }

  @Test
  void whatLandedSinceStays() {
    var bad = landed(root, "a", LINES + "10\n", "b", LINES, "new", "file\n");
    var later = landed(bad, "a", "0\n" + LINES + "10\n", "b", LINES, "new", "file\n", "c", "c\n");

    var clean = clean(later, bad);

    assertThat(clean.tree())
        .isEqualTo(
            history.repository.writeTree(
                TestingHistory.files("a", "0\n" + LINES, "b", LINES, "c", "c\n")));
    assertThat(clean.changedPaths()).containsExactly("a", "new");
    assertThat(clean.category()).isEqualTo(Category.Textual);
  }

  @Test
  void aFileThatItDeletedComesBack() {
    var bad = landed(root, "b", LINES);

    assertThat(clean(bad, bad).tree()).isEqualTo(history.repository.treeOf(root).orElseThrow());
  }

  @Test
  void aRevertIsUndoneLikeAnyOtherCommit() {
    var good = landed(root, "a", LINES + "10\n", "b", LINES);
    var revert = history.commitTree(clean(good, good).tree(), List.of(good));

    assertThat(clean(revert, revert).tree())
        .isEqualTo(history.repository.treeOf(good).orElseThrow());
  }

  @Test
  void whatWasBuiltUponIsAConflictThatNamesItsFiles() {
    var bad = landed(root, "a", LINES + "10\n", "b", LINES);
    var later = landed(bad, "a", LINES + "ten\n", "b", LINES);

    assertThat(analyzer.revert(later, bad))
        .isEqualTo(new Analysis.Conflicted(bad, List.of(FileReport.of("a", FileOutcome.NotTried))));
  }

  @Test
  void whatIsUndoneAlreadyIsNothingToRevert() {
    var bad = landed(root, "a", LINES + "10\n", "b", LINES);
    var undone = landed(bad, "a", LINES, "b", LINES);

    assertThat(refusal(undone, bad)).isEqualTo(Reason.NothingToRevert);
  }

  @Test
  void theFirstCommitHasNothingBeforeIt() {
    assertThat(refusal(root, root)).isEqualTo(Reason.NothingToRevert);
    assertThat(history.repository.firstParent(root)).isEmpty();
  }

  @Test
  void whatTheBaseDoesNotBuildOnIsRefused() {
    var aside = landed(root, "a", "aside\n", "b", LINES);

    assertThat(refusal(root, aside)).isEqualTo(Reason.NotOnBranch);
    assertThat(refusal(root, ObjectId.of("1".repeat(40)))).isEqualTo(Reason.UnknownRevision);
  }

  /** Nothing of the node takes part: hub and validators get the same tree. */
  @Test
  void anotherRepositoryComesToTheSame() {
    var other = TestingHistory.in(directory.resolve("validator.git"));
    var root2 = other.commit(List.of(), "a", LINES, "b", LINES);
    var change2 = other.commit(List.of(root2), "a", LINES + "10\n", "b", LINES);
    var bad2 = other.commit(List.of(root2, change2), "a", LINES + "10\n", "b", LINES);
    var bad = landed(root, "a", LINES + "10\n", "b", LINES);

    assertThat(bad2).isEqualTo(bad);
    assertThat(new MergeAnalyzer(other.repository).revert(bad2, bad2)).isEqualTo(clean(bad, bad));
  }

  private Analysis.Clean clean(ObjectId base, ObjectId reverted) {
    var analysis = analyzer.revert(base, reverted);
    assertThat(analysis).isInstanceOf(Analysis.Clean.class);
    return (Analysis.Clean) analysis;
  }

  private Reason refusal(ObjectId base, ObjectId reverted) {
    var analysis = analyzer.revert(base, reverted);
    assertThat(analysis).isInstanceOf(Analysis.Refused.class);
    return ((Analysis.Refused) analysis).refusal().reason();
  }
}
