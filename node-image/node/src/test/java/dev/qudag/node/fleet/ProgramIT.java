package dev.qudag.node.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.node.workspace.vcs.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program does not find nobody would know was lost. */
class ProgramIT {
  @TempDir Path folder;

  @BeforeEach
  void seed() throws IOException {
    for (Map.Entry<String, String> file : Program.seed(2).entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    sh("git init -q -b main; git add .; git commit -qm seed").orThrow();
  }

  @Test
  void printsALineForEachChange() {
    sh(Program.change(0, 1, false)).orThrow();
    sh(Program.change(1, 1, true)).orThrow();
    sh(Program.change(0, 2, false)).orThrow();

    assertThat(sh("sh main.sh").orThrow().text().lines())
        .containsExactlyElementsOf(Program.lines(List.of(2, 1)));
  }

  @Test
  void doesNotRunWithoutTheDefinitionOfWhatItCalls() {
    sh(Program.change(0, 1, false)).orThrow();
    sh("git checkout -q HEAD~1 -- parts").orThrow();

    assertThat(sh("sh main.sh").succeeded()).isFalse();
  }

  @Test
  void doesNotRunWithTwoVersions() {
    sh("echo 1 >> version").orThrow();

    assertThat(sh("sh main.sh").succeeded()).isFalse();
  }

  @Test
  void changesOfTwoAgentsMergeUnlessBothContend() {
    sh("git checkout -q -b other").orThrow();
    sh(Program.change(1, 1, true)).orThrow();
    sh("git checkout -q main").orThrow();
    sh(Program.change(0, 1, false)).orThrow();

    assertThat(sh("git merge -q -m both other").succeeded()).isTrue();
    sh(Program.change(0, 2, true)).orThrow();
    sh("git checkout -q other").orThrow();
    sh(Program.change(1, 2, true)).orThrow();
    assertThat(sh("git merge -q -m both main").succeeded()).isFalse();
  }

  private Command.Output sh(String script) {
    var environment =
        Map.ofEntries(
            Map.entry("PATH", System.getenv("PATH")),
            Map.entry("HOME", folder.toString()),
            Map.entry("GIT_CONFIG_NOSYSTEM", "1"),
            Map.entry("GIT_AUTHOR_NAME", "a"),
            Map.entry("GIT_AUTHOR_EMAIL", "a@example.invalid"),
            Map.entry("GIT_COMMITTER_NAME", "a"),
            Map.entry("GIT_COMMITTER_EMAIL", "a@example.invalid"));
    return new Command(List.of("sh", "-ec", script), folder, environment, Duration.ofMinutes(1))
        .run();
  }
}
