package dev.qudag.merge.rule;

import static dev.qudag.merge.rule.TestingHunks.addition;
import static dev.qudag.merge.rule.TestingHunks.change;
import static dev.qudag.merge.rule.TestingHunks.lines;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdjacentAdditionsTest {
  private final AdjacentAdditions rule = new AdjacentAdditions();

  @Test
  void entriesOfAChangelogStandOneAfterTheOther() {
    assertThat(
            rule.resolve(
                addition(
                    "docs/CHANGELOG.md",
                    "## Unreleased\n- old\n",
                    "- ours, of\n  two lines\n- both\n",
                    "- both\n- theirs\n",
                    "\n## 1.0\n")))
        .hasValue(lines("- ours, of\n  two lines\n- both\n- theirs\n"));
  }

  @Test
  void patternsOfAnIgnoreFileStandOneAfterTheOther() {
    assertThat(rule.resolve(addition(".gitignore", "a\n", "*.o\ntarget/\n", "*.o\nb\n", "")))
        .hasValue(lines("*.o\ntarget/\nb\n"));
  }

  @Test
  void aPatternThatTakesBackOthersIsLeftToPeople() {
    assertThat(rule.resolve(addition(".gitignore", "*.o\n", "!a.o\n", "b\n", ""))).isEmpty();
    assertThat(rule.resolve(addition("CODEOWNERS", "", "* @a\n", "b @c\n", ""))).isEmpty();
  }

  @Test
  void whatIsNoEntryIsLeftToPeople() {
    for (var other :
        new String[] {"\n", "## 1.1\n", "1. one\n", "text\n", "  more of the last\n"}) {
      assertThat(rule.resolve(addition("CHANGELOG.md", "- old\n", "- new\n", other, "")))
          .as(other)
          .isEmpty();
    }
  }

  @Test
  void withinAnEntryOrInCodeItIsLeftToPeople() {
    assertThat(rule.resolve(addition("CHANGELOG.md", "- old, of\n", "- a\n", "- b\n", "  two\n")))
        .isEmpty();
    assertThat(rule.resolve(addition("CHANGELOG.md", "```\n", "- a\n", "- b\n", "```\n")))
        .isEmpty();
  }

  @Test
  void otherFilesAreLeftToPeople() {
    assertThat(rule.resolve(addition("README.md", "", "- a\n", "- b\n", ""))).isEmpty();
    assertThat(rule.resolve(addition("A.java", "{\n", "  a();\n", "  b();\n", "}\n"))).isEmpty();
    assertThat(rule.resolve(addition("ci.yaml", "x:\n", "- a\n", "- b\n", ""))).isEmpty();
  }

  @Test
  void aChangedEntryIsNoAddition() {
    assertThat(rule.resolve(change("CHANGELOG.md", "- a\n", "- b\n", "- c\n"))).isEmpty();
  }
}
