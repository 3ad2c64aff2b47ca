package dev.qudag.merge.rule;

import static dev.qudag.merge.rule.TestingHunks.change;
import static dev.qudag.merge.rule.TestingHunks.lines;
import static dev.qudag.merge.rule.TestingHunks.mirrored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.text.Hunk;
import org.junit.jupiter.api.Test;

class TrailingWhitespaceTest {
  private final TrailingWhitespace rule = new TrailingWhitespace();

  @Test
  void ofTheSameChangeTheSideWithLessWhiteSpaceIsTaken() {
    Hunk hunk = change("a.py", "x = 1\n", "x = 2 \t\n", "x = 2\n");

    assertThat(rule.resolve(hunk)).hasValue(lines("x = 2\n"));
    assertThat(rule.resolve(mirrored(hunk))).hasValue(lines("x = 2\n"));
  }

  @Test
  void withAsMuchOnBothSidesItIsTheSameOneWhicheverSideIsWhich() {
    Hunk hunk = change("a.py", "a\n", "x \ny\n", "x\ny \n");

    assertThat(rule.resolve(hunk)).isPresent().isEqualTo(rule.resolve(mirrored(hunk)));
  }

  @Test
  void whiteSpaceElsewhereIsContent() {
    assertThat(rule.resolve(change("a.py", "x\n", "  y\n", "    y\n"))).isEmpty();
    assertThat(rule.resolve(change("a.py", "x\n", "a b\n", "a  b\n"))).isEmpty();
    assertThat(rule.resolve(change("a.py", "x\n", "y\n", "y\n\n"))).isEmpty();
  }

  /** The other side's content would replace a line that this side kept. */
  @Test
  void whiteSpaceAgainstContentIsLeftToPeople() {
    assertThat(rule.resolve(change("a.py", "x\n", "x \n", "y\n"))).isEmpty();
  }

  /** A block of YAML, a value of properties, a last column: content, to its end. */
  @Test
  void ofFilesInWhichItMayMeanSomethingItIsLeftToPeople() {
    for (var path :
        new String[] {"a.yaml", "a.properties", "a.tsv", "a.rs", "a.sh", "a.html", "a.sql", "py"}) {
      assertThat(rule.resolve(change(path, "x\n", "y \n", "y\n"))).as(path).isEmpty();
    }
  }

  /** The first of two quotes stands in a comment, the second one opens a text. */
  @Test
  void behindAQuoteThatSeemsClosedItIsLeftToPeople() {
    var before = "# not '''\ns = '''\n";

    assertThat(rule.resolve(change("a.py", before, "x\n", "y \n", "y\n"))).isEmpty();
  }

  @Test
  void whereItMeansSomethingItIsLeftToPeople() {
    assertThat(rule.resolve(change("a.md", "x\n", "y  \n", "y\n"))).isEmpty();
    assertThat(rule.resolve(change("fix.PATCH", "x\n", "+ \n", "+\n"))).isEmpty();
    assertThat(rule.resolve(change("a.py", "x\n", "a = b \\ \n", "a = b \\\n"))).isEmpty();
    assertThat(rule.resolve(change("a.py", "s = '''\n", "x\n", "y \n", "y\n"))).isEmpty();
    assertThat(rule.resolve(change("a.js", "x\n", "q = `\na \n`\n", "q = `\na\n`\n"))).isEmpty();
  }
}
