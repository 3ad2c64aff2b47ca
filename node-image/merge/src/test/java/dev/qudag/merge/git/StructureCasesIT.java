package dev.qudag.merge.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.Analysis;
import dev.qudag.merge.FileReport;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.git.process.GitSettings;
import dev.qudag.merge.git.structure.TestingMergiraf;
import dev.qudag.merge.parser.SymbolProgram;
import dev.qudag.merge.parser.TestingSymbols;
import dev.qudag.merge.tree.TreeLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Conflicts that no rule resolves, as files, merged by real git, mergiraf and parser: which of them
 * are resolved by structure, to what, and why the others are not.
 */
class StructureCasesIT {
  @TempDir Path directory;

  private static SymbolProgram parser;

  @BeforeAll
  static void open() {
    parser = TestingSymbols.open();
  }

  @AfterAll
  static void close() {
    parser.close();
  }

  @TestFactory
  Stream<DynamicTest> eachCaseComesToWhatItsFileSays() {
    var cases = ConflictCase.ofStructure();
    assertThat(cases).isNotEmpty();
    return cases.stream()
        .map(
            conflict ->
                DynamicTest.dynamicTest(
                    conflict.name(), () -> check(conflict, analyse(conflict, "ours", "theirs"))));
  }

  /** In which order the two of a pair stand may differ, nothing else. */
  @TestFactory
  Stream<DynamicTest> whichSideIsTheBranchDoesNotMatter() {
    return ConflictCase.ofStructure().stream()
        .map(
            conflict ->
                DynamicTest.dynamicTest(
                    conflict.name(),
                    () ->
                        assertThat(outcomes(analyse(conflict, "theirs", "ours")))
                            .isEqualTo(outcomes(analyse(conflict, "ours", "theirs")))));
  }

  private static List<String> outcomes(Analysis analysis) {
    return switch (analysis) {
      case Analysis.Clean clean ->
          Stream.concat(
                  Stream.of(clean.category().name()),
                  clean.resolved().stream().map(file -> file.outcome().name()))
              .toList();
      case Analysis.Conflicted conflicted ->
          conflicted.files().stream().map(file -> file.outcome().name()).toList();
      case Analysis.Refused(var refusal) -> throw new AssertionError(refusal);
    };
  }

  private Analysis analyse(ConflictCase conflict, String ours, String theirs) {
    var history = history(conflict, ours);
    var root = history.commit(List.of(), conflict.path(), conflict.version("base"));
    var base = history.commit(List.of(root), conflict.path(), conflict.version(ours));
    var head = history.commit(List.of(root), conflict.path(), conflict.version(theirs));
    return new MergeAnalyzer(history.repository).analyze(base, head);
  }

  private TestingHistory history(ConflictCase conflict, String ours) {
    return new TestingHistory(
        GitRepository.openOrInit(
            directory.resolve(conflict.name() + "-" + ours + ".git"),
            TestingHistory.MAIN,
            GitSettings.DEFAULT,
            TreeLimits.DEFAULT,
            parser,
            TestingMergiraf.settings()));
  }

  private void check(ConflictCase conflict, Analysis analysis) {
    switch (analysis) {
      case Analysis.Clean clean -> {
        assertThat(clean.category().name()).isEqualTo(conflict.category().orElse("Syntactic"));
        assertReport(clean.resolved(), conflict);
        assertThat(conflict.merged()).hasValue(content(conflict, clean.tree()));
      }
      case Analysis.Conflicted conflicted -> {
        assertReport(conflicted.files(), conflict);
        assertThat(conflicted.isByChance()).isFalse();
        assertThat(conflict.merged()).isEmpty();
      }
      case Analysis.Refused(var refusal) -> throw new AssertionError(refusal);
    }
  }

  private static void assertReport(List<FileReport> files, ConflictCase conflict) {
    assertThat(files).hasSize(1);
    var file = files.getFirst();
    assertThat(file.path()).isEqualTo(conflict.path());
    assertThat(file.outcome().name()).isEqualTo(conflict.outcome());
    assertThat(file.hunks().stream().map(hunk -> hunk.isResolved() ? hunk.rule() : "-").toList())
        .isEqualTo(conflict.rules());
  }

  private String content(ConflictCase conflict, ObjectId tree) {
    var repository = history(conflict, "ours").repository;
    return repository.entries(tree).stream()
        .filter(entry -> new String(entry.path(), UTF_8).equals(conflict.path()))
        .map(entry -> new String(repository.content(entry.id()), UTF_8))
        .findFirst()
        .orElseThrow();
  }
}
