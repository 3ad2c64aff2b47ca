package dev.qudag.node.workspace.desk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsTest {

  @Test
  void hexDigitsNameAnOperation() {
    assertThat(Operations.fault("0123abcd")).isEmpty();
    assertThat(Operations.fault("f".repeat(128))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "--help", "0123ABCD", "0123abcd\n", "@", "0123abcd zz", "-n"})
  void nothingElseDoes(String text) {
    assertThat(Operations.fault(text)).isPresent();
  }

  @Test
  void theFaultShowsTheValueOnOneBoundedLine() {
    assertThat(Operations.fault("\u001b[31m\n" + "x".repeat(500)).orElseThrow())
        .startsWith("' [31m x")
        .hasSizeLessThan(200)
        .contains("qudag log");
  }
}
