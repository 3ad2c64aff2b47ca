package dev.qudag.merge.conflict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.FileOutcome;
import dev.qudag.merge.FileReport;
import dev.qudag.merge.FileReport.HunkReport;
import dev.qudag.merge.text.Chunk;
import dev.qudag.merge.text.TestingVersions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PatternResolverTest {
  private static final List<String> LINES =
      List.of("import a.A;", "import b.B;", "import c.C;", "", "}", "  x();");

  /** A file, and what git would make of it if it merged as this module does. */
  private static ConflictedFile file(String path, TestingVersions versions) {
    var marked = new ArrayList<String>();
    for (var chunk : versions.merged(path)) {
      switch (chunk) {
        case Chunk.Agreed(var lines) -> marked.addAll(lines);
        case Chunk.Open(var hunk) -> {
          marked.add("<<<<<<< ours");
          marked.addAll(hunk.ours());
          marked.add("=======");
          marked.addAll(hunk.theirs());
          marked.add(">>>>>>> theirs");
        }
      }
    }
    return new ConflictedFile(
        path,
        bytes(versions.base()),
        bytes(versions.ours()),
        bytes(versions.theirs()),
        bytes(marked));
  }

  private static byte[] bytes(List<String> lines) {
    var content = new StringBuilder();
    lines.forEach(line -> content.append(line).append('\n'));
    return content.toString().getBytes(UTF_8);
  }

  private static TestingVersions versions(String base, String ours, String theirs) {
    return new TestingVersions(
        base.lines().toList(), ours.lines().toList(), theirs.lines().toList());
  }

  private static FileReport left(ConflictedFile file) {
    return switch (PatternResolver.resolve(file)) {
      case Resolved.Not(var report) -> report;
      case Resolved.InPart(var report, _, _, _) -> report;
      case Resolved.ByRules resolved -> throw new AssertionError(resolved);
    };
  }

  @Test
  void everyHunkByItsRuleGivesTheFile() {
    var file =
        file(
            "A.java",
            versions(
                "package a;\n\nimport m.M;\n\nint x;\n",
                "package a;\n\nimport m.M;\nimport o.O;\n\nint y;\n",
                "package a;\n\nimport m.M;\nimport n.N;\n\nint y; \n"));

    assertThat(PatternResolver.resolve(file))
        .isInstanceOfSatisfying(
            Resolved.ByRules.class,
            resolved -> {
              assertThat(new String(resolved.bytes(), UTF_8))
                  .isEqualTo("package a;\n\nimport m.M;\nimport n.N;\nimport o.O;\n\nint y;\n");
              assertThat(resolved.report())
                  .isEqualTo(
                      new FileReport(
                          "A.java",
                          FileOutcome.Resolved,
                          List.of(
                              new HunkReport(4, "both-add-imports"),
                              new HunkReport(6, "trailing-whitespace"))));
            });
  }

  @Test
  void oneHunkWithoutARuleLeavesTheWholeFile() {
    var file =
        file(
            "A.java",
            versions("\n}\na();\n", "import o.O;\n\n}\no();\n", "import n.N;\n\n}\nt();\n"));

    assertThat(left(file))
        .isEqualTo(
            new FileReport(
                "A.java",
                FileOutcome.NoRule,
                List.of(new HunkReport(1, "both-add-imports"), new HunkReport(4, ""))));
  }

  @Test
  void whatRulesResolvedIsTheSameOnBothSidesOfTheRest() {
    var file =
        file(
            "A.java",
            versions("\n}\na();\n", "import o.O;\n\n}\no();\n", "import n.N;\n\n}\nt();\n"));

    assertThat(PatternResolver.resolve(file))
        .isInstanceOfSatisfying(
            Resolved.InPart.class,
            part -> {
              assertThat(part.base().lines()).containsExactly("", "}", "a();");
              assertThat(part.ours().lines())
                  .containsExactly("import n.N;", "import o.O;", "", "}", "o();");
              assertThat(part.theirs().lines())
                  .containsExactly("import n.N;", "import o.O;", "", "}", "t();");
            });
  }

  @Test
  void whatGitMergesOtherwiseIsLeft() {
    var good = file("A.java", versions("\n", "import o.O;\n\n", "import n.N;\n\n"));
    assertThat(PatternResolver.resolve(good)).isInstanceOf(Resolved.ByRules.class);

    for (var marked :
        List.of(
            "<<<<<<< o\nimport o.O;\n=======\nimport n.N;\n>>>>>>> t\n",
            "<<<<<<< o\nimport o.O;\n=======\n>>>>>>> t\n\n",
            "import o.O;\nimport n.N;\n\n",
            "import o.O;\n=======\n\n")) {
      var other =
          new ConflictedFile(
              "A.java", good.base(), good.ours(), good.theirs(), marked.getBytes(UTF_8));
      assertThat(left(other)).isEqualTo(FileReport.of("A.java", FileOutcome.MergedOtherwise));
    }
  }

  @Test
  void versionsThatAreNoTextAreLeft() {
    var text = "a\n".getBytes(UTF_8);
    var binary = new byte[] {0, '\n'};
    var latin = new byte[] {(byte) 0xfc, '\n'};
    var windows = "a\r\n".getBytes(UTF_8);
    var unended = "a".getBytes(UTF_8);
    var marker = "=======\n".getBytes(UTF_8);

    assertThat(left(new ConflictedFile("f", binary, text, text, text)).outcome())
        .isEqualTo(FileOutcome.Binary);
    assertThat(left(new ConflictedFile("f", text, latin, text, text)).outcome())
        .isEqualTo(FileOutcome.NotUtf8);
    assertThat(left(new ConflictedFile("f", text, text, windows, text)).outcome())
        .isEqualTo(FileOutcome.MixedLineEndings);
    assertThat(left(new ConflictedFile("f", text, text, unended, text)).outcome())
        .isEqualTo(FileOutcome.UnendedLine);
    assertThat(left(new ConflictedFile("f", text, text, marker, text)).outcome())
        .isEqualTo(FileOutcome.HasMarkers);
  }

  @Test
  void aSideThatChangesTooMuchIsLeft() {
    var many = Collections.nCopies(1001, "x");
    var file =
        new ConflictedFile(
            "f", bytes(List.of()), bytes(many), bytes(List.of("y")), bytes(List.of()));

    assertThat(left(file).outcome()).isEqualTo(FileOutcome.TooManyChanges);
  }

  @Test
  void aFileOfTooManyLinesOrHunksIsLeft() {
    var lines = Collections.nCopies(PatternResolver.MOST_LINES + 1, "");
    var file = new ConflictedFile("f", bytes(lines), bytes(lines), bytes(lines), bytes(lines));
    assertThat(left(file).outcome()).isEqualTo(FileOutcome.TooLarge);

    var base = new StringBuilder();
    for (int i = 0; i <= PatternResolver.MOST_HUNKS; i++) {
      base.append("a.version=1.0.0\nline ").append(i).append('\n');
    }
    var versions =
        versions(
            base.toString(),
            base.toString().replace("1.0.0", "1.1.0"),
            base.toString().replace("1.0.0", "1.2.0"));
    assertThat(left(file("f", versions)).outcome()).isEqualTo(FileOutcome.TooManyChanges);
  }

  /** Whatever is resolved has all that is not in conflict, and what either side has of a hunk. */
  @Property(tries = 5000)
  void aResolvedFileLosesNoLine(@ForAll long seed) {
    var drawn = TestingVersions.of(new Random(seed), LINES);

    if (PatternResolver.resolve(file("A.java", drawn)) instanceof Resolved.ByRules resolved) {
      assertThat(resolved.report().hunks()).isNotEmpty().allMatch(HunkReport::isResolved);
      var lines = new String(resolved.bytes(), UTF_8).lines().toList();
      for (var line : LINES) {
        assertThat(Collections.frequency(lines, line))
            .as(line)
            .isGreaterThanOrEqualTo(least(drawn.merged("A.java"), line));
      }
    }
  }

  private static int least(List<Chunk> chunks, String line) {
    int least = 0;
    for (var chunk : chunks) {
      least +=
          switch (chunk) {
            case Chunk.Agreed(var lines) -> Collections.frequency(lines, line);
            case Chunk.Open(var hunk) ->
                Math.max(
                    Collections.frequency(hunk.ours(), line),
                    Collections.frequency(hunk.theirs(), line));
          };
    }
    return least;
  }

  @Property(tries = 2000)
  void theSameVersionsGiveTheSame(@ForAll long seed) {
    var file = file("A.java", TestingVersions.of(new Random(seed), LINES));

    assertThat(PatternResolver.resolve(file))
        .usingRecursiveComparison()
        .isEqualTo(PatternResolver.resolve(file));
  }
}
