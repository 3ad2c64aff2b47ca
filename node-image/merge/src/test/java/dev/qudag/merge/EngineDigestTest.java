package dev.qudag.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.tree.TreeLimits;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineDigestTest {
  /**
   * SHA-256 of the lines that make it up: tag, rules, patterns, symbols, git, configuration,
   * limits.
   */
  @Test
  void rulesAndTheirVersionArePartOfIt() {
    var digest =
        EngineDigest.of("git version 2.47.3", Map.of("a", "b"), TreeLimits.DEFAULT, "none", "none");

    assertThat(digest.hex())
        .isEqualTo("eabdcf6dcd966b2692a1aa26705dce0d51c0158ab224b80addfc4d40a395dfc8");
  }
}
