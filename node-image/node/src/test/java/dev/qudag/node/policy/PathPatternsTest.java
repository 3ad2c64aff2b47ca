package dev.qudag.node.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternsTest {
  @ParameterizedTest(name = "{0} matches {1}: {2}")
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
    "src/**, src/deep/down/a.sh, true",
    "src/**, source/a.sh, false",
    "*.sh, a.sh, true",
    "[, [, true",
    "[, a, false",
  })
  void matchesAsAGitignoreWould(String pattern, String path, boolean matches) {
    assertThat(new PathPatterns(List.of(pattern)).firstOf(List.of("README", path)).isPresent())
        .isEqualTo(matches);
  }
}
