package dev.qudag.merge.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.Category;
import dev.qudag.merge.EngineDigest;
import dev.qudag.merge.FileOutcome;
import dev.qudag.merge.FileReport;
import dev.qudag.merge.FileReport.HunkReport;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.symbol.SymbolReport;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnalysisReportTest {
  private static final EngineDigest ENGINE = new EngineDigest("e".repeat(64));
  private static final ObjectId BASE = ObjectId.of("b".repeat(40));
  private static final ObjectId HEAD = ObjectId.of("c".repeat(40));
  private static final ObjectId ANCESTOR = ObjectId.of("a".repeat(40));

  private static String json(Category category, List<FileReport> files) {
    var report = new AnalysisReport(ENGINE, BASE, HEAD, ANCESTOR, category, files, SymbolReport.NONE);
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
}
