package dev.qudag.operator.proposal.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
  @Test
  void whatMovesTheCursorOrHidesTextIsASpace() {
    assertThat(OneLine.of("a\nb\u009b31m\u202ec\u2028d", 100)).isEqualTo("a b 31m c d");
  }

  @Test
  void isCutOffBetweenCharacters() {
    assertThat(OneLine.of("ab\ud83d\ude00", 3)).isEqualTo("ab");
    assertThat(OneLine.of("ab\ud83d\ude00", 4)).isEqualTo("ab\ud83d\ude00");
  }
}
