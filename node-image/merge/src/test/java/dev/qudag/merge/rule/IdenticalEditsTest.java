package dev.qudag.merge.rule;

import static dev.qudag.merge.rule.TestingHunks.change;
import static dev.qudag.merge.rule.TestingHunks.lines;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdenticalEditsTest {
  private final IdenticalEdits rule = new IdenticalEdits();

  @Test
  void whatBothSidesMadeIsTaken() {
    assertThat(rule.resolve(change("f", "a\n", "b\nc\n", "b\nc\n"))).hasValue(lines("b\nc\n"));
    assertThat(rule.resolve(change("f", "a\n", "", ""))).hasValue(lines(""));
  }

  @Test
  void oneLineMoreIsAnotherEdit() {
    assertThat(rule.resolve(change("f", "a\n", "b\n", "b\nc\n"))).isEmpty();
  }
}
