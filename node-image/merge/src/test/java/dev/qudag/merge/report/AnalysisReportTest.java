package dev.qudag.merge.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.Category;
import dev.qudag.merge.EngineDigest;
import dev.qudag.merge.FileOutcome;
import dev.qudag.merge.FileReport;
import dev.qudag.merge.FileReport.HunkReport;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.symbol.Language;
import dev.qudag.merge.symbol.SymbolFinding;
import dev.qudag.merge.symbol.SymbolFinding.By;
import dev.qudag.merge.symbol.SymbolFinding.Rule;
import dev.qudag.merge.symbol.SymbolReport;
import dev.qudag.merge.symbol.SymbolReport.SharedFile;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnalysisReportTest {
  private static final EngineDigest ENGINE = new EngineDigest("e".repeat(64));
  private static final ObjectId BASE = ObjectId.of("b".repeat(40));
  private static final ObjectId HEAD = ObjectId.of("c".repeat(40));
  private static final ObjectId ANCESTOR = ObjectId.of("a".repeat(40));

  private static String json(Category category, List<FileReport> files) {
    var report =
        new AnalysisReport(ENGINE, BASE, HEAD, ANCESTOR, category, files, SymbolReport.NONE);
    return new String(report.json(), UTF_8);
  }

  @Test
  void aMergeWithoutConflictNamesItsCommitsAndItsCategory() {
    assertThat(json(Category.None, List.of()))
        .isEqualTo(
            "{\"base\":\"%s\",\"category\":\"None\",\"engine\":\"%s\",\"fileCount\":0,\"files\":[],"
                    .formatted(BASE, ENGINE)
                + "\"head\":\"%s\",\"mergeBase\":\"%s\",".formatted(HEAD, ANCESTOR)
                + "\"schema\":\"qudag.dev/v2/analysis-report\",\"symbols\":{\"fileCount\":0,"
                + "\"files\":[],\"findingCount\":0,\"findings\":[],\"uses\":\"not compared\"}}");
  }

  @Test
  void eachHunkNamesItsRule() {
    var file =
        new FileReport(
            "src/Ü \"a\".java",
            FileOutcome.NoRule,
            List.of(new HunkReport(3, "both-add-imports"), new HunkReport(40, "")));

    assertThat(json(Category.Complex, List.of(file)))
        .contains(
            "\"files\":[{\"hunks\":[{\"line\":3,\"rule\":\"both-add-imports\"},{\"line\":40}],"
                + "\"language\":\"text only\",\"outcome\":\"NoRule\","
                + "\"path\":\"src/Ü \\\"a\\\".java\"}]");
  }

  @Test
  void whatStructureResolvesNamesItsLanguage() {
    var file =
        new FileReport(
            "a.rs", FileOutcome.Structured, List.of(new HunkReport(7, "structured-merge")));

    assertThat(json(Category.Syntactic, List.of(file)))
        .contains(
            "\"category\":\"Syntactic\"",
            "\"files\":[{\"hunks\":[{\"line\":7,\"rule\":\"structured-merge\"}],"
                + "\"language\":\"Rust\",\"outcome\":\"Structured\",\"path\":\"a.rs\"}]");
  }

  @Test
  void theRestOfManyFilesIsCounted() {
    var files =
        IntStream.range(0, 21)
            .mapToObj(i -> FileReport.of("file" + i, FileOutcome.NotTried))
            .toList();

    assertThat(json(Category.Complex, files))
        .contains("\"fileCount\":21", "file19")
        .doesNotContain("file20");
  }

  @Test
  void whatJsonEscapesIsEscapedAsRfc8785Says() {
    var odd = FileReport.of("\u0001\b\f\n\r\t\\\u007f\u2028/", FileOutcome.NotOneFile);

    assertThat(json(Category.Complex, List.of(odd)))
        .contains("\"path\":\"\\u0001\\b\\f\\n\\r\\t\\\\\u007f\u2028/\"");
  }

  @Test
  void symbolsAreNamedWithTheirRule() {
    var finding =
        new SymbolFinding(Rule.RemovedAndUsed, "src/A.java", "A.f", By.Ours, "src/B.java", "B.g");
    var shared = new SharedFile("src/A.java", Optional.of(Language.Java));
    var lines = new SharedFile("x.kt", Optional.empty());

    assertThat(json(new SymbolReport(List.of(finding), List.of(shared, lines), true)))
        .contains(
            "\"symbols\":{\"fileCount\":2,\"files\":[{\"language\":\"Java\",\"path\":"
                + "\"src/A.java\"},{\"language\":\"text only\",\"path\":\"x.kt\"}],"
                + "\"findingCount\":1,\"findings\":[{\"by\":\"ours\",\"path\":\"src/A.java\","
                + "\"rule\":\"removed-and-used\",\"symbol\":\"A.f\",\"usedIn\":\"src/B.java\","
                + "\"user\":\"B.g\"}],\"uses\":\"compared\"}");
  }

  @Test
  void manyAndLongNamesAreBounded() {
    var findings =
        IntStream.range(0, 1000)
            .mapToObj(i -> "\u0001".repeat(500) + i)
            .map(name -> new SymbolFinding(Rule.RemovedAndUsed, name, name, By.Ours, name, name))
            .toList();
    var shared =
        findings.stream().map(each -> new SharedFile(each.path(), Optional.empty())).toList();

    var json = json(new SymbolReport(findings, shared, true));

    assertThat(json).contains("\"findingCount\":1000").hasSizeLessThan(128 * 1024);
  }

  private static String json(SymbolReport symbols) {
    var report =
        new AnalysisReport(ENGINE, BASE, HEAD, ANCESTOR, Category.Semantic, List.of(), symbols);
    return new String(report.json(), UTF_8);
  }
}
