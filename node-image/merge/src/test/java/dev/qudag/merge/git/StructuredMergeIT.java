package dev.qudag.merge.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.Analysis;
import dev.qudag.merge.Category;
import dev.qudag.merge.FileOutcome;
import dev.qudag.merge.FileReport;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.git.process.GitSettings;
import dev.qudag.merge.git.structure.MergirafSettings;
import dev.qudag.merge.git.structure.TestingMergiraf;
import dev.qudag.merge.parser.SymbolProgram;
import dev.qudag.merge.parser.TestingSymbols;
import dev.qudag.merge.tree.TreeLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Merges by structure in their place: after the rules, within time, or not at all. */
class StructuredMergeIT {
  private static final String BASE =
      "class A {\n  int a() { return 1; }\n  int b() { return 2; }\n}\n";
  private static final String OURS = BASE.replace("1", "10");
  private static final String THEIRS = BASE.replace("2", "20");

  @TempDir Path directory;
  private SymbolProgram parser;

  @BeforeEach
  void open() {
    parser = TestingSymbols.open();
  }

  @AfterEach
  void close() {
    parser.close();
  }

  private GitRepository repository(String name, MergirafSettings mergiraf) {
    return GitRepository.openOrInit(
        directory.resolve(name),
        TestingHistory.MAIN,
        GitSettings.DEFAULT,
        TreeLimits.DEFAULT,
        parser,
        mergiraf);
  }

  private static Analysis analyse(
      GitRepository repository, String[] base, String[] ours, String[] theirs) {
    var history = new TestingHistory(repository);
    ObjectId root = history.commit(List.of(), base);
    return new MergeAnalyzer(repository)
        .analyze(history.commit(List.of(root), ours), history.commit(List.of(root), theirs));
  }

  private static String[] files(String... pathsAndTexts) {
    return pathsAndTexts;
  }

  private static Analysis analyse(GitRepository repository) {
    return analyse(
        repository, files("A.java", BASE), files("A.java", OURS), files("A.java", THEIRS));
  }

  @Test
  void aProgramThatIsKilledLeavesTheFileToPeople() {
    var asleep =
        TestingMergiraf.inItsPlace(directory, "exec /bin/sleep 600")
            .withLimit(Duration.ofMillis(300));

    assertThat(analyse(repository("killed.git", asleep)))
        .isInstanceOfSatisfying(
            Analysis.Conflicted.class,
            conflicted -> {
              assertThat(conflicted.category()).isEqualTo(Category.Complex);
              assertThat(conflicted.isByChance()).isTrue();
              assertThat(conflicted.files().stream().map(FileReport::outcome))
                  .containsExactly(FileOutcome.Stopped);
            });
  }

  /** It stops at the first file that is left to people: what comes of the others is no use. */
  @Test
  void filesAreNotTriedInVain() {
    var asleep =
        TestingMergiraf.inItsPlace(directory, "exec /bin/sleep 600")
            .withLimit(Duration.ofMillis(300));
    var analysis =
        analyse(
            repository("vain.git", asleep),
            files("A.java", BASE, "B.java", BASE),
            files("A.java", OURS, "B.java", OURS),
            files("A.java", THEIRS, "B.java", THEIRS));

    assertThat(((Analysis.Conflicted) analysis).files().stream().map(FileReport::outcome))
        .containsExactly(FileOutcome.Stopped, FileOutcome.NoRule);
  }

  @Test
  void withoutTheProgramThereIsNoStructureAndAnotherEngine() {
    var without = repository("without.git", TestingMergiraf.none());
    var with = repository("with.git", TestingMergiraf.settings());

    assertThat(((Analysis.Conflicted) analyse(without)).files().stream().map(FileReport::outcome))
        .containsExactly(FileOutcome.NoRule);
    assertThat(without.engine()).isNotEqualTo(with.engine());
    assertThat(repository("again.git", TestingMergiraf.settings()).engine())
        .isEqualTo(with.engine());
  }

  @Test
  void anotherVersionIsAnotherEngine() {
    var same = TestingMergiraf.inItsPlace(directory, "exit 1");
    var old = repository("old.git", same);

    assertThat(old.engine())
        .as("a digest names programs by the version that they say")
        .isEqualTo(repository("new.git", TestingMergiraf.settings()).engine());
    assertThat(
            repository("other.git", MergirafSettings.of(Optional.of(Path.of("/bin/echo"))))
                .engine())
        .isNotEqualTo(old.engine());
  }

  @Test
  void theSameCommitsComeToTheSameTreeEachTime() {
    var trees = new HashSet<ObjectId>();
    for (int time = 0; time < 10; time++) {
      var clean =
          (Analysis.Clean) analyse(repository("r" + time + ".git", TestingMergiraf.settings()));
      assertThat(clean.category()).isEqualTo(Category.Syntactic);
      trees.add(clean.tree());
    }
    assertThat(trees).hasSize(1);
  }

  @Test
  void theHighestThatAFileNeedsIsTheCategory() {
    var imports = "package a;\n\nimport a.A;\n\nclass B {}\n";
    var analysis =
        analyse(
            repository("both.git", TestingMergiraf.settings()),
            files("A.java", BASE, "B.java", imports),
            files("A.java", OURS, "B.java", imports.replace("a.A;\n", "a.A;\nimport o.O;\n")),
            files("A.java", THEIRS, "B.java", imports.replace("a.A;\n", "a.A;\nimport t.T;\n")));

    assertThat(analysis)
        .isInstanceOfSatisfying(
            Analysis.Clean.class,
            clean -> {
              assertThat(clean.category()).isEqualTo(Category.Syntactic);
              assertThat(clean.resolved().stream().map(FileReport::outcome))
                  .containsExactly(FileOutcome.Structured, FileOutcome.Resolved);
            });
  }

  @Test
  void oneFileThatPeopleMustResolveLeavesAll() {
    var analysis =
        analyse(
            repository("one.git", TestingMergiraf.settings()),
            files("A.java", BASE, "x", "1\n"),
            files("A.java", OURS, "x", "2\n"),
            files("A.java", THEIRS, "x", "3\n"));

    assertThat(((Analysis.Conflicted) analysis).files().stream().map(FileReport::outcome))
        .containsExactly(FileOutcome.Structured, FileOutcome.NoRule);
  }

  @Test
  void windowsLineEndingsAreKept() {
    var clean =
        (Analysis.Clean)
            analyse(
                repository("crlf.git", TestingMergiraf.settings()),
                files("A.java", BASE.replace("\n", "\r\n")),
                files("A.java", OURS.replace("\n", "\r\n")),
                files("A.java", THEIRS.replace("\n", "\r\n")));
    var repository = repository("crlf.git", TestingMergiraf.settings());

    assertThat(
            new String(repository.content(repository.entries(clean.tree()).getFirst().id()), UTF_8))
        .isEqualTo(BASE.replace("1", "10").replace("2", "20").replace("\n", "\r\n"));
  }

  @Test
  void moreThanIsLookedAtIsLeftAsLines() {
    var much = "// " + "x".repeat(300_000) + "\n";
    var analysis =
        analyse(
            repository("large.git", TestingMergiraf.settings()),
            files("A.java", much + BASE),
            files("A.java", much + OURS),
            files("A.java", much + THEIRS));

    assertThat(((Analysis.Conflicted) analysis).files().stream().map(FileReport::outcome))
        .containsExactly(FileOutcome.NoRule);
  }
}
