package dev.qudag.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The README's first command tells its story and judges it: exit code 0 only if all of it is as it
 * must be.
 */
class HelloE2E {
  @Test
  void theDemoEndsAsItMust() {
    String output = Shell.run(List.of("e2e/demo"));

    assertThat(output).contains("== what must be true").doesNotContain("WRONG");
  }
}
