package dev.qudag.operator.proposal.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CheckLogsTest {
  @Test
  void aLogIsItsLastThousandCharactersOnOneScreen() {
    assertThat(CheckLogs.shorten("  a\u001b[31m\n")).isEqualTo("a[31m");
    assertThat(CheckLogs.shorten("x".repeat(2000) + "end"))
        .hasSize(1000)
        .startsWith("…")
        .endsWith("end");
  }

  /** U+009B begins an escape sequence, too; U+202E turns the rest of a line around. */
  @Test
  void nothingOfItMovesTheCursorOrHidesText() {
    assertThat(CheckLogs.shorten("a\u009b31m\nb\u202ec\u2028d")).isEqualTo("a31m\nbcd");
  }

  @Test
  void aCharacterOfTwoUnitsIsCutOffWhole() {
    String shortened = CheckLogs.shorten("x\ud83d\ude00" + "y".repeat(998));

    assertThat(shortened).isEqualTo("…" + "y".repeat(998));
  }
}
