package dev.qudag.node.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TitlesTest {

  @Test
  void aTitleIsOnePrintableBoundedLine() {
    assertThat(Titles.clean("Mend the parser")).isEqualTo("Mend the parser");
    assertThat(Titles.clean(" two\nlines\t\u001b[31m red \u202eright\u200b "))
        .isEqualTo("two lines [31m red right");
    assertThat(Titles.clean("x".repeat(1000))).hasSize(120);
    assertThat(Titles.clean("\ud83d\ude80".repeat(1000)).codePoints()).hasSize(120);
  }

  @Test
  void noTitleIsSaidSo() {
    assertThat(Titles.clean(" \n ")).isEqualTo("A change without a title");
  }
}
