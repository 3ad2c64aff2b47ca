package dev.qudag.merge.rule;

import static dev.qudag.merge.rule.TestingHunks.change;
import static dev.qudag.merge.rule.TestingHunks.mirrored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.rule.PatternRules.Resolution;
import dev.qudag.merge.text.Hunk;
import dev.qudag.merge.text.TestingVersions;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What holds for whatever a rule resolves. */
class PatternRulesTest {
  private static final List<String> PATHS =
      List.of("A.java", "a.py", "a.ts", "a.go", "a.rs", "CHANGELOG.md", ".gitignore", "pom.xml");

  /** Of each kind that a rule knows some, and some that none does. */
  private static final List<String> LINES =
      List.of(
          "import a.B;",
          "import c.B;",
          "import d.E;",
          "import os",
          "import re",
          "- one",
          "- two",
          "  more",
          "<properties>",
          "<a.version>1.0.0</a.version>",
          "<a.version>1.1.0</a.version>",
          "import os ",
          "*.o",
          "}",
          "");

  private static Hunk any(long seed) {
    var random = new Random(seed);
    var path = PATHS.get(random.nextInt(PATHS.size()));
    var hunks = TestingVersions.of(random, LINES).hunks(path);
    return hunks.isEmpty() ? change(path, "a\n", "b\n", "b\n") : hunks.getFirst();
  }

  @Property(tries = 5000)
  void everyLineOfEachSideIsThereBesideItsWhiteSpaceAndVersions(@ForAll long seed) {
    Hunk hunk = any(seed);

    PatternRules.resolve(hunk)
        .ifPresent(
            resolution -> {
              var kept = resolution.lines().stream().map(PatternRulesTest::plain).toList();
              assertThat(kept)
                  .containsAll(hunk.ours().stream().map(PatternRulesTest::plain).toList());
              assertThat(kept)
                  .containsAll(hunk.theirs().stream().map(PatternRulesTest::plain).toList());
            });
  }

  @Property(tries = 5000)
  void noLineIsInvented(@ForAll long seed) {
    Hunk hunk = any(seed);

    PatternRules.resolve(hunk)
        .ifPresent(
            resolution ->
                assertThat(resolution.lines())
                    .allMatch(line -> hunk.ours().contains(line) || hunk.theirs().contains(line)));
  }

  /** Of entries of a list the branch's come first. */
  @Property(tries = 5000)
  void whichSideIsWhichDecidesAtMostTheOrderOfEntries(@ForAll long seed) {
    Hunk hunk = any(seed);
    var one = PatternRules.resolve(hunk);
    var other = PatternRules.resolve(mirrored(hunk));

    assertThat(one.map(Resolution::rule)).isEqualTo(other.map(Resolution::rule));
    one.ifPresent(
        resolution -> {
          var lines = other.orElseThrow().lines();
          if (resolution.rule().equals("adjacent-additions")) {
            assertThat(resolution.lines()).containsExactlyInAnyOrderElementsOf(lines);
          } else {
            assertThat(resolution.lines()).isEqualTo(lines);
          }
        });
  }

  @Property(tries = 1000)
  void theSameHunkIsResolvedTheSame(@ForAll long seed) {
    assertThat(PatternRules.resolve(any(seed))).isEqualTo(PatternRules.resolve(any(seed)));
  }

  @Test
  void theIdentityNamesEachRuleInOrder() {
    assertThat(PatternRules.identity())
        .isEqualTo(
            "1 identical-edits trailing-whitespace version-numbers both-add-imports"
                + " adjacent-additions");
  }

  private static String plain(String line) {
    return VersionLine.formOf(line.stripTrailing());
  }
}
