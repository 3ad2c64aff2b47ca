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
        .isEqualTo("710cc375c7dab255d7f8739105dc96d61fbdc9eea75ac596825c7657578de619");
  }
}
