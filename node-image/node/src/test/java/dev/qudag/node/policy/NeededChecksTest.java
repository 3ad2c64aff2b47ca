package dev.qudag.node.policy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.policy.CheckResult;
import dev.qudag.consensus.chain.policy.CheckRule;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Digest;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeededChecksTest {
  private static final CheckRule ALWAYS = rule("always");
  private static final CheckRule DOCS = rule("docs", "docs/**", "*.md");
  private static final CheckRule SOURCES = rule("sources", "src/**");

  @Test
  void aCheckIsNeededByAChangeOfItsPaths() {
    assertThat(changing("src/a.sh").unneeded()).containsExactly(DOCS);
    assertThat(changing("deep/README.md").unneeded()).containsExactly(SOURCES);
    assertThat(changing("src/a.sh", "docs/a").unneeded()).isEmpty();
    assertThat(changing("Makefile").unneeded()).containsExactly(DOCS, SOURCES);
  }

  @Test
  void namesTheCheckThatIsMissingAndThePathThatAsksForIt() {
    assertThat(changing("src/a.sh").missing(List.of(passed(ALWAYS))))
        .contains("sources, for src/a.sh by src/**");
    assertThat(changing("src/a.sh").missing(List.of(passed(ALWAYS), passed(SOURCES)))).isEmpty();
  }

  @Test
  void aResultOfAnotherSpecIsNotTheCheck() {
    CheckRule edited = new CheckRule("sources", Digest.sha256(new byte[1]), List.of());

    assertThat(changing("src/a.sh").missing(List.of(passed(edited)))).isPresent();
  }

  @Test
  void whatRanWithoutNeedIsNoFault() {
    assertThat(changing("Makefile").missing(List.of(passed(ALWAYS), passed(DOCS)))).isEmpty();
  }

  private static NeededChecks changing(String... paths) {
    return new NeededChecks(new Policy(List.of(ALWAYS, DOCS, SOURCES), List.of()), List.of(paths));
  }

  private static CheckRule rule(String name, String... paths) {
    return new CheckRule(name, Digest.sha256(name.getBytes(US_ASCII)), List.of(paths));
  }

  private static CheckResult passed(CheckRule rule) {
    return new CheckResult(
        rule.name(), rule.specDigest(), "image", "1".repeat(40), true, Digest.ZERO);
  }
}
