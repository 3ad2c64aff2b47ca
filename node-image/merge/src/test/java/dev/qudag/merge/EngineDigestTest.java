package dev.qudag.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.tree.TreeLimits;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineDigestTest {
  /** SHA-256 of the lines that make it up: tag, rules, patterns, git, configuration, limits. */
  @Test
  void rulesAndTheirVersionArePartOfIt() {
    var digest = EngineDigest.of("git version 2.47.3", Map.of("a", "b"), TreeLimits.DEFAULT);

    assertThat(digest.hex())
        .isEqualTo("17babb767b2e377699ae9870fe6e6298c7efa9ff92c722703510b1ec871d213c");
  }
}
