package dev.qudag.merge.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.Analysis;
import dev.qudag.merge.FileOutcome;
import dev.qudag.merge.FileReport;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Refusal.Reason;
import dev.qudag.merge.tree.TreeEntry;
import dev.qudag.merge.tree.TreeObject;
import dev.qudag.merge.tree.TreeObject.Item;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to conflicts that are not just lines of one file, with real git. */
class ConflictShapesIT {
  private static final String BASE = "package a;\n\nimport a.A;\n\nclass B {\n  int x;\n}\n";
  private static final String OURS = BASE.replace("a.A;\n", "a.A;\nimport o.O;\n");
  private static final String THEIRS = BASE.replace("a.A;\n", "a.A;\nimport t.T;\n");
  private static final String MERGED = BASE.replace("a.A;\n", "a.A;\nimport o.O;\nimport t.T;\n");

  @TempDir Path directory;
  private TestingHistory history;
  private MergeAnalyzer analyzer;

  @BeforeEach
  void init() {
    history = TestingHistory.in(directory.resolve("hub.git"));
    analyzer = new MergeAnalyzer(history.repository);
  }

  private static Map<String, String> files(String... pathsAndTexts) {
    var files = new HashMap<String, String>();
    for (var i = 0; i < pathsAndTexts.length; i += 2) {
      files.put(pathsAndTexts[i], pathsAndTexts[i + 1]);
    }
    return files;
  }

  private Analysis merge(
      Map<String, String> base, Map<String, String> ours, Map<String, String> theirs) {
    var root = history.commitTree(tree(base), List.of());
    return analyzer.analyze(
        history.commitTree(tree(ours), List.of(root)),
        history.commitTree(tree(theirs), List.of(root)));
  }

  private ObjectId tree(Map<String, String> texts) {
    var files = new HashMap<String, byte[]>();
    texts.forEach((path, text) -> files.put(path, text.getBytes(UTF_8)));
    return history.repository.writeTree(files);
  }

  /** Three versions of one entry, each with its mode and content. */
  private Analysis mergeEntries(Item base, Item ours, Item theirs) {
    var root = history.commitTree(tree(base), List.of());
    return analyzer.analyze(
        history.commitTree(tree(ours), List.of(root)),
        history.commitTree(tree(theirs), List.of(root)));
  }

  private ObjectId tree(Item item) {
    return history.repository.writeTree(new TreeObject(List.of(item)));
  }

  private Item entry(String mode, byte[] content) {
    return entry(mode, history.repository.writeBlob(content));
  }

  private static Item entry(String mode, ObjectId id) {
    return new Item(mode, "A.java".getBytes(UTF_8), id);
  }

  private static void assertLeft(Analysis analysis, FileReport... files) {
    assertThat(analysis)
        .isInstanceOfSatisfying(
            Analysis.Conflicted.class,
            conflicted -> assertThat(conflicted.files()).containsExactly(files));
  }

  private static void assertLeft(Analysis analysis, FileOutcome why) {
    assertLeft(analysis, FileReport.of("A.java", why));
  }

  private void assertResolved(Analysis analysis, Map<String, String> expected) {
    assertThat(analysis)
        .isInstanceOfSatisfying(
            Analysis.Clean.class,
            clean -> {
              assertThat(clean.tree()).isEqualTo(tree(expected));
              assertThat(clean.resolved())
                  .isNotEmpty()
                  .allMatch(file -> file.outcome() == FileOutcome.Resolved);
            });
  }

  @Test
  void theMergedTreeHasTheResolvedFilesAndIsSound() {
    var analysis =
        merge(
            files("a/B.java", BASE, "c/d/B.java", BASE, "e", "1\n"),
            files("a/B.java", OURS, "c/d/B.java", OURS, "e", "1\n"),
            files("a/B.java", THEIRS, "c/d/B.java", THEIRS, "e", "2\n"));

    assertResolved(analysis, files("a/B.java", MERGED, "c/d/B.java", MERGED, "e", "2\n"));
    assertThat(((Analysis.Clean) analysis).changedPaths())
        .containsExactly("a/B.java", "c/d/B.java", "e");
    assertThat(history.repository.git().text("fsck", "--strict", "--no-dangling")).isEmpty();
  }

  @Test
  void whichSideIsTheBranchChangesNothing() {
    var merged = files("B.java", MERGED);

    assertResolved(
        merge(files("B.java", BASE), files("B.java", OURS), files("B.java", THEIRS)), merged);
    assertResolved(
        merge(files("B.java", BASE), files("B.java", THEIRS), files("B.java", OURS)), merged);
  }

  @Test
  void oneFileForPeopleLeavesAllOfThem() {
    assertThat(
            merge(
                files("B.java", BASE, "x", "1\n"),
                files("B.java", OURS, "x", "2\n"),
                files("B.java", THEIRS, "x", "3\n")))
        .isInstanceOfSatisfying(
            Analysis.Conflicted.class,
            conflicted -> {
              assertThat(conflicted.paths()).containsExactly("B.java", "x");
              assertThat(conflicted.files().stream().map(FileReport::outcome))
                  .containsExactly(FileOutcome.Resolved, FileOutcome.NoRule);
            });
  }

  @Test
  void aRenamedFileIsResolvedUnderItsNewName() {
    assertResolved(
        merge(files("a/B.java", BASE), files("b/B.java", OURS), files("a/B.java", THEIRS)),
        files("b/B.java", MERGED));
  }

  @Test
  void aFileOfWhichOnlyTheCaseOfItsNameChangedIsRenamedToo() {
    assertResolved(
        merge(files("b.java", BASE), files("b.java", OURS), files("B.java", THEIRS)),
        files("B.java", MERGED));
  }

  @Test
  void aFileThatBothSidesRenamedIsLeft() {
    assertLeft(
        merge(files("a.java", BASE), files("o.java", BASE), files("t.java", BASE)),
        FileReport.of("a.java", FileOutcome.NotOneFile),
        FileReport.of("o.java", FileOutcome.NotOneFile),
        FileReport.of("t.java", FileOutcome.NotOneFile));
  }

  @Test
  void aFileInAFolderThatTheOtherSideMovedIsLeft() {
    assertLeft(
        merge(
            files("d/x", BASE, "d/y", OURS),
            files("e/x", BASE, "e/y", OURS),
            files("d/x", BASE, "d/y", OURS, "d/A.java", THEIRS)),
        FileReport.of("e/A.java", FileOutcome.NotOneFile));
  }

  @Test
  void aFileDeletedHereAndChangedThereIsLeft() {
    assertLeft(
        merge(files("A.java", BASE, "x", ""), files("x", ""), files("A.java", THEIRS, "x", "")),
        FileOutcome.NotOneFile);
    assertLeft(
        merge(files("A.java", BASE, "x", ""), files("A.java", OURS, "x", ""), files("x", "")),
        FileOutcome.NotOneFile);
  }

  @Test
  void aFileThatBothSidesAddIsLeft() {
    assertLeft(
        merge(files("x", ""), files("A.java", OURS, "x", ""), files("A.java", THEIRS, "x", "")),
        FileOutcome.NotOneFile);
  }

  @Test
  void aConflictInAFileWhoseModeChangedIsLeft() {
    assertLeft(
        mergeEntries(
            entry(TreeEntry.FILE, BASE.getBytes(UTF_8)),
            entry(TreeEntry.EXECUTABLE, OURS.getBytes(UTF_8)),
            entry(TreeEntry.FILE, THEIRS.getBytes(UTF_8))),
        FileOutcome.NotOneFile);
  }

  @Test
  void anExecutableStaysOne() {
    var analysis =
        mergeEntries(
            entry(TreeEntry.EXECUTABLE, BASE.getBytes(UTF_8)),
            entry(TreeEntry.EXECUTABLE, OURS.getBytes(UTF_8)),
            entry(TreeEntry.EXECUTABLE, THEIRS.getBytes(UTF_8)));

    assertThat(((Analysis.Clean) analysis).tree())
        .isEqualTo(tree(entry(TreeEntry.EXECUTABLE, MERGED.getBytes(UTF_8))));
  }

  @Test
  void linksAreLeft() {
    assertLeft(
        mergeEntries(
            entry(TreeEntry.SYMLINK, "b".getBytes(UTF_8)),
            entry(TreeEntry.SYMLINK, "o".getBytes(UTF_8)),
            entry(TreeEntry.SYMLINK, "t".getBytes(UTF_8))),
        FileOutcome.NotOneFile);
  }

  @Test
  void submodulesAreLeft() {
    assertLeft(
        mergeEntries(
            entry(TreeEntry.SUBMODULE, ObjectId.of("1".repeat(40))),
            entry(TreeEntry.SUBMODULE, ObjectId.of("2".repeat(40))),
            entry(TreeEntry.SUBMODULE, ObjectId.of("3".repeat(40)))),
        FileOutcome.NotOneFile);
  }

  @Test
  void binaryFilesAreLeft() {
    assertLeft(
        merge(
            files("A.java", "\0" + BASE),
            files("A.java", "\0" + OURS),
            files("A.java", "\0" + THEIRS)),
        FileOutcome.Binary);
  }

  @Test
  void filesThatAreNotUtf8AreLeft() {
    assertLeft(
        mergeEntries(
            entry(TreeEntry.FILE, ("// ü\n" + BASE).getBytes(ISO_8859_1)),
            entry(TreeEntry.FILE, ("// ü\n" + OURS).getBytes(ISO_8859_1)),
            entry(TreeEntry.FILE, ("// ü\n" + THEIRS).getBytes(ISO_8859_1))),
        FileOutcome.NotUtf8);
  }

  @Test
  void aFileWithWindowsLineEndingsKeepsThem() {
    assertResolved(
        merge(
            files("B.java", BASE.replace("\n", "\r\n")),
            files("B.java", OURS.replace("\n", "\r\n")),
            files("B.java", THEIRS.replace("\n", "\r\n"))),
        files("B.java", MERGED.replace("\n", "\r\n")));
  }

  @Test
  void otherLineEndingsOnOneSideAreLeft() {
    assertLeft(
        merge(
            files("A.java", BASE),
            files("A.java", OURS.replace("\n", "\r\n")),
            files("A.java", THEIRS)),
        FileOutcome.MixedLineEndings);
  }

  @Test
  void aFileWhoseLastLineDoesNotEndIsLeft() {
    assertLeft(
        merge(
            files("A.java", BASE.strip()),
            files("A.java", OURS.strip()),
            files("A.java", THEIRS.strip())),
        FileOutcome.UnendedLine);
  }

  @Test
  void aHugeFileIsLeft() {
    var rest = "// x\n".repeat(220_000);

    assertLeft(
        merge(
            files("A.java", BASE + rest),
            files("A.java", OURS + rest),
            files("A.java", THEIRS + rest)),
        FileOutcome.TooLarge);
  }

  @Test
  void aFileThatHoldsConflictMarkersIsLeft() {
    var marker = "=======\n";

    assertLeft(
        merge(
            files("A.java", BASE + marker),
            files("A.java", OURS + marker),
            files("A.java", THEIRS + marker)),
        FileOutcome.HasMarkers);
  }

  @Test
  void ofMoreThanTwentyFilesNoneIsLookedAt() {
    var base = new HashMap<String, String>();
    var ours = new HashMap<String, String>();
    var theirs = new HashMap<String, String>();
    for (int i = 0; i <= 20; i++) {
      base.put(i + ".java", BASE);
      ours.put(i + ".java", OURS);
      theirs.put(i + ".java", THEIRS);
    }

    assertThat(merge(base, ours, theirs))
        .isInstanceOfSatisfying(
            Analysis.Conflicted.class,
            conflicted ->
                assertThat(conflicted.files())
                    .hasSize(21)
                    .allMatch(file -> file.outcome() == FileOutcome.NotTried));
  }

  @Test
  void whatComesToTheBranchAsItIsIsNothingToMerge() {
    assertThat(merge(files("x.py", "a\n"), files("x.py", "b\n"), files("x.py", "b \n")))
        .isInstanceOfSatisfying(
            Analysis.Refused.class,
            refused -> assertThat(refused.refusal().reason()).isEqualTo(Reason.NothingToMerge));
  }

  /** What comes by a resolution is inspected as all that a head brings. */
  @Test
  void hostileFilesBesideAResolvedOneAreRefused() {
    assertThat(
            merge(
                files("B.java", BASE),
                files("B.java", OURS),
                files("B.java", THEIRS, "a\\b", "x\n")))
        .isInstanceOfSatisfying(
            Analysis.Refused.class,
            refused -> assertThat(refused.refusal().reason()).isEqualTo(Reason.HostileTree));
  }

  @Test
  void noRuleResolvesARevert() {
    var root = history.commit(List.of(), "B.java", BASE);
    var bad = history.commit(List.of(root), "B.java", OURS);
    var later = history.commit(List.of(bad), "B.java", MERGED);

    assertThat(analyzer.revert(later, bad))
        .isEqualTo(
            new Analysis.Conflicted(bad, List.of(FileReport.of("B.java", FileOutcome.NotTried))));
  }
}
