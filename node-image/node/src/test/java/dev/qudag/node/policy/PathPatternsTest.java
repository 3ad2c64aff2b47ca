package dev.qudag.node.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
    "**/*.pem, key.pem, true",
    "src/**/a.sh, src/a.sh, true",
    "src/**/a.sh, src/deep/down/a.sh, true",
    "src/*/a.sh, src/deep/down/a.sh, false",
    "src/**, src, false",
    "src/**.sh, src/deep/a.sh, true",
    "a?c, abc, true",
    "a?c, a/c, false",
    "[a-cx]1, b1, true",
    "[a-cx]1, d1, false",
    "[!a-c]1, d1, true",
    "[!a-c]1, b1, false",
    "'*.{js,ts}', deep/a.ts, true",
    "'*.{js,ts}', a.java, false",
    "'{src,docs}/*.md', docs/a.md, true",
    "'a,b', 'a,b', true",
    "\\*.sh, *.sh, true",
    "\\*.sh, a.sh, false",
    "größe/*, größe/ü, true",
    "[, [, true",
    "[, a, false",
    "'{a,{b,c}}', '{a,{b,c}}', true",
    "'{a,{b,c}}', b, false",
  })
  void matchesAsAGitignoreWould(String pattern, String path, boolean matches) {
    assertThat(new PathPatterns(List.of(pattern)).firstOf(List.of("README", path)).isPresent())
        .isEqualTo(matches);
  }

  /** Or a change of it would land without its check. */
  @Test
  void noCharacterOfANameIsBeyondAStar() {
    assertThat(new PathPatterns(List.of("src/**")).firstOf(List.of("src/a\u2028\u0085\nb")))
        .isPresent();
    assertThat(new PathPatterns(List.of("src/*.sh")).firstOf(List.of("src/\ud83d\ude00.sh")))
        .isPresent();
  }

  /** One way after the other would take longer than anybody lives. */
  @Test
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void noPathTakesItLong() {
    var patterns = new PathPatterns(List.of("**/a".repeat(40) + "/**/b", "*a".repeat(100) + "b"));

    assertThat(patterns.firstOf(List.of("a/".repeat(1000) + "c", "a".repeat(2000)))).isEmpty();
  }
}
