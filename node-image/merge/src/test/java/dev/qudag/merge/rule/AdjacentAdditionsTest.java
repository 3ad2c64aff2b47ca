package dev.qudag.merge.rule;

import static dev.qudag.merge.rule.TestingHunks.addition;
import static dev.qudag.merge.rule.TestingHunks.change;
import static dev.qudag.merge.rule.TestingHunks.lines;
import static dev.qudag.merge.rule.TestingHunks.mirrored;
import static dev.qudag.merge.rule.TestingHunks.part;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.text.Hunk;
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
    for (var other : new String[] {"\n", "## 1.1\n", "1. one\n", "text\n", "  more of it\n"}) {
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

  /** The branch made a release of what stands here: the proposal's entry is of the next one. */
  @Test
  void belowAHeadingThatOneSideMadeItIsLeftToPeople() {
    var released =
        new Hunk(
            "CHANGELOG.md",
            7,
            part("## Unreleased\n\n- old\n", "", ""),
            part("## Unreleased\n\n## 1.0\n\n- old\n", "- ours\n", ""),
            part("## Unreleased\n\n- old\n", "- theirs\n", ""));

    assertThat(rule.resolve(released)).isEmpty();
    assertThat(rule.resolve(mirrored(released))).isEmpty();
  }

  @Test
  void anEntryThatASideMovedIsLeftToPeople() {
    var moved =
        new Hunk(
            "CHANGELOG.md",
            2,
            part("- moved\n- old\n", "", ""),
            part("- old\n", "- moved\n- ours\n", ""),
            part("- old\n", "- theirs\n", ""));

    assertThat(rule.resolve(moved)).isEmpty();
  }

  @Test
  void inAFileThatTakesPatternsBackItIsLeftToPeople() {
    assertThat(rule.resolve(addition(".gitignore", "!a.o\n", "*.o\n", "b\n", ""))).isEmpty();
    assertThat(rule.resolve(addition(".gitignore", "", "*.o\n", "b\n", "!a.o\n"))).isEmpty();
  }

  @Test
  void nextToTextThatIsNoEntryItIsLeftToPeople() {
    assertThat(rule.resolve(addition("NEWS", "Text:\n", "- a\n", "- b\n", ""))).isEmpty();
    assertThat(rule.resolve(addition("NEWS", "- old\n", "- a\n", "- b\n", "text\n"))).isEmpty();
    assertThat(rule.resolve(addition("NEWS", "~~~\n\n", "- a\n", "- b\n", "\n~~~\n"))).isEmpty();
    assertThat(rule.resolve(addition("NEWS", "<!--\n\n", "- a\n", "- b\n", "\n-->\n"))).isEmpty();
    assertThat(rule.resolve(addition("NEWS", "- old\n", "- a\n  ```\n", "- b\n", ""))).isEmpty();
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
