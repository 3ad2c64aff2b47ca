package dev.qudag.node.validator.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeniedPathsTest {
  @ParameterizedTest(name = "{0} denies {1}: {2}")
  @CsvSource({
    ".env*, .env, true",
    ".env*, deep/down/.env.local, true",
    ".env*, environment, false",
    ".codex/, .codex/auth.json, true",
    ".codex/, deep/.codex/auth.json, true",
    ".codex/, .codex, false",
    ".claude/settings.local.json, .claude/settings.local.json, true",
    ".claude/settings.local.json, deep/.claude/settings.local.json, false",
    "/secret, secret/key, true",
    "/secret, deep/secret, false",
    "**/*.pem, deep/down/key.pem, true",
  })
  void deniesAsAGitignoreWould(String pattern, String path, boolean denied) {
    assertThat(new DeniedPaths(List.of(pattern)).firstOf(List.of("README", path)).isPresent())
        .isEqualTo(denied);
  }
}
