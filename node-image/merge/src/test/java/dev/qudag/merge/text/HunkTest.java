package dev.qudag.merge.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HunkTest {
  private static Hunk after(String... before) {
    return new Hunk(
        "src/a.py", 1, List.of(before), List.of(), List.of("o"), List.of("t"), List.of());
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
  void theFilesNameIsWithoutItsFolders() {
    assertThat(after().fileName()).isEqualTo("a.py");
  }

  @Test
  void anAdditionHasNothingInTheAncestorAndSomethingOnEachSide() {
    assertThat(after().isAddition()).isTrue();
    assertThat(
            new Hunk("f", 1, List.of(), List.of("b"), List.of("o"), List.of("t"), List.of())
                .isAddition())
        .isFalse();
  }
}
