package dev.qudag.merge.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.Analysis;
import dev.qudag.merge.Category;
import dev.qudag.merge.FileReport;
import dev.qudag.merge.FileReport.HunkReport;
import dev.qudag.merge.ObjectId;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Conflicts as files, merged by real git: which rule takes which hunk, and to what. */
class ConflictCasesIT {
  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> eachCaseComesToWhatItsFileSays() {
    var cases = ConflictCase.all();
    assertThat(cases).isNotEmpty();
    return cases.stream()
        .map(conflict -> DynamicTest.dynamicTest(conflict.name(), () -> check(conflict)));
  }

  private void check(ConflictCase conflict) {
    var history = TestingHistory.in(directory.resolve(conflict.name() + ".git"));
    var root = history.commit(List.of(), conflict.path(), conflict.version("base"));
    var base = history.commit(List.of(root), conflict.path(), conflict.version("ours"));
    var head = history.commit(List.of(root), conflict.path(), conflict.version("theirs"));

    var analysis = new MergeAnalyzer(history.repository).analyze(base, head);

    switch (analysis) {
      case Analysis.Clean clean -> {
        assertThat(clean.category()).isEqualTo(Category.Textual);
        assertReport(clean.resolved(), conflict);
        assertThat(conflict.merged()).hasValue(content(history, clean.tree(), conflict.path()));
      }
      case Analysis.Conflicted conflicted -> {
        assertReport(conflicted.files(), conflict);
        assertThat(conflict.merged()).isEmpty();
      }
      case Analysis.Refused(var refusal) -> throw new AssertionError(refusal);
    }
  }

  private static void assertReport(List<FileReport> files, ConflictCase conflict) {
    assertThat(files).hasSize(1);
    assertThat(files.getFirst().path()).isEqualTo(conflict.path());
    assertThat(files.getFirst().outcome().name()).isEqualTo(conflict.outcome());
    assertThat(files.getFirst().hunks().stream().map(ConflictCasesIT::rule).toList())
        .isEqualTo(conflict.rules());
  }

  private static String rule(HunkReport hunk) {
    return hunk.isResolved() ? hunk.rule() : "-";
  }

  private static String content(TestingHistory history, ObjectId tree, String path) {
    return history.repository.entries(tree).stream()
        .filter(entry -> new String(entry.path(), UTF_8).equals(path))
        .map(entry -> new String(history.repository.content(entry.id()), UTF_8))
        .findFirst()
        .orElseThrow();
  }
}
