package dev.qudag.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.tree.TreeLimits;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineDigestTest {
  /** SHA-256 of the lines that make it up: tag, rules, patterns, symbols, git, configuration, limits. */
  @Test
  void rulesAndTheirVersionArePartOfIt() {
    var digest = EngineDigest.of("git version 2.47.3", Map.of("a", "b"), TreeLimits.DEFAULT, "none");

    assertThat(digest.hex())
        .isEqualTo("7e106a65fbcff1bf4bb2d1cf88ac2b1a49f227a77e5695bcf92e3002fe1580eb");
  }
}
