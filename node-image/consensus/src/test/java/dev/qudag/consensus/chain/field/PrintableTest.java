package dev.qudag.consensus.chain.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
  private static final Set<Integer> HIDDEN =
      Set.of(
          (int) Character.CONTROL,
          (int) Character.FORMAT,
          (int) Character.LINE_SEPARATOR,
          (int) Character.PARAGRAPH_SEPARATOR,
          (int) Character.SURROGATE,
          (int) Character.PRIVATE_USE);

  /** A Java release with a formatting character that the table lacks is red here. */
  @Test
  void ofWhatThisJavaKnowsOnlyTheHiddenIsRefused() {
    IntStream.rangeClosed(Character.MIN_CODE_POINT, Character.MAX_CODE_POINT)
        .filter(Character::isDefined)
        .forEach(
            c ->
                assertThat(Printable.is(c))
                    .as("U+%04X", c)
                    .isEqualTo(!HIDDEN.contains(Character.getType(c))));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0378, 0x1FBFF, 0x3FFFD})
  void whatALaterUnicodeMayAssignIsTaken(int unassigned) {
    assertThat(Printable.is(unassigned)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x2065, 0xFDD0, 0xFFF0, 0xFFFE, 0xFFFF, 0x1FFFE, 0xE0000, 0xE01F0, 0x10FFFF})
  void whatNeverBecomesVisibleIsRefused(int unassigned) {
    assertThat(Printable.is(unassigned)).isFalse();
  }
}
