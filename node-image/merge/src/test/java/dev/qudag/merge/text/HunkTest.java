package dev.qudag.merge.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.text.Hunk.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class HunkTest {
  private static final Part NOTHING = part(List.of());

  private static Part part(List<String> before, String... lines) {
    return new Part(before, List.of(lines), List.of());
  }

  private static Hunk after(String... before) {
    var all = List.of(before);
    return new Hunk("src/a.py", 1, part(all), part(all, "o"), part(all, "t"));
  }

  @Test
  void anOpenQuoteBeforeItMayEncloseIt() {
    assertThat(after().mayBeQuoted()).isFalse();
    assertThat(after("\"\"\"A doc.", "", "more").mayBeQuoted()).isTrue();
    assertThat(after("\"\"\"A doc.\"\"\"", "import os").mayBeQuoted()).isFalse();
    assertThat(after("x = '''").mayBeQuoted()).isTrue();
    assertThat(after("const q = `").mayBeQuoted()).isTrue();
    assertThat(after("```sh", "make", "```").mayBeQuoted()).isFalse();
  }

  @Test
  void aQuoteThatOneSideOpensMayEncloseIt() {
    var quoted = part(List.of("'''"), "o");

    assertThat(new Hunk("f", 1, NOTHING, quoted, part(List.of(), "t")).mayBeQuoted()).isTrue();
    assertThat(new Hunk("f", 1, NOTHING, part(List.of(), "o"), quoted).mayBeQuoted()).isTrue();
  }

  @Test
  void followsAQuoteOpenOrClosed() {
    assertThat(after("x").followsAQuote()).isFalse();
    assertThat(after("x = '''y'''").followsAQuote()).isTrue();
    assertThat(new Hunk("f", 1, NOTHING, part(List.of(), "`"), NOTHING).followsAQuote()).isTrue();
  }

  @Test
  void theFilesNameIsWithoutItsFolders() {
    assertThat(after().fileName()).isEqualTo("a.py");
  }

  @Test
  void anAdditionHasNothingInTheAncestorAndSomethingOnEachSide() {
    var ours = part(List.of(), "o");
    var theirs = part(List.of(), "t");

    assertThat(new Hunk("f", 1, NOTHING, ours, theirs).isAddition()).isTrue();
    assertThat(new Hunk("f", 1, part(List.of(), "b"), ours, theirs).isAddition()).isFalse();
    assertThat(new Hunk("f", 1, NOTHING, ours, NOTHING).isAddition()).isFalse();
  }

  /** Ours moved it down, theirs removed it: it would come back. */
  @Test
  void aLineThatAVersionHasElsewhereIsNoAddition() {
    var moved =
        new Hunk(
            "f",
            2,
            part(List.of("moved", "kept")),
            part(List.of("kept"), "moved", "o"),
            part(List.of("kept"), "t"));

    assertThat(moved.isAddition()).isFalse();
  }
}
