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
        .isEqualTo("79de0084b6de61bf6a7fa628722bcc564e705fcff972f790883ef84154de9d39");
  }
}
