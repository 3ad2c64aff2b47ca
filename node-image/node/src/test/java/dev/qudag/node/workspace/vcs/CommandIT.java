package dev.qudag.node.workspace.vcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandIT {

  @TempDir Path folder;

  @Test
  void inheritsNothing() {
    assertThat(command("env | grep -v '^PWD=\\|^_=\\|^SHLVL='; true").run().line())
        .isEqualTo("A=b");
  }

  @Test
  void feedsAndReadsMoreThanAPipeHolds() {
    byte[] input = "x".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);

    var output = command("cat; head -c 300000 /dev/zero >&2").run(input);

    assertThat(output.out()).hasSize(1_000_000);
    assertThat(output.err()).hasSize(64 << 10);
  }

  @Test
  void aProgramThatDoesNotReadItsInputIsNoFailure() {
    assertThat(command("exit 3").run(new byte[1_000_000]).code()).isEqualTo(3);
  }

  @Test
  void isKilledWithItsChildrenAfterItsTime() {
    var slow =
        new Command(
            List.of("sh", "-c", "sleep 600 & sleep 600"), folder, Map.of(), Duration.ofMillis(200));

    assertThatThrownBy(slow::run).hasMessageContaining("killed after");
  }

  @Test
  void aGitEndsBeforeItTakesTheMemoryOfTheSidecar() {
    var git = new Git(folder.resolve("x.git"), folder);
    git.init("main");
    var zeros =
        new InputStream() {
          private long left = 1L << 30;

          @Override
          public int read() {
            return left-- > 0 ? 0 : -1;
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            left -= length;
            return left > 0 ? length : -1;
          }
        };

    var output = git.command("hash-object", "--stdin").run(zeros);

    assertThat(output.succeeded()).isFalse();
    assertThat(output.err()).contains("Out of memory");
  }

  @Test
  void saysWhatFailed() {
    assertThatThrownBy(() -> command("echo no >&2; exit 4").run().orThrow())
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("exit code 4: no");
  }

  private Command command(String script) {
    return new Command(
        List.of("/bin/sh", "-c", script), folder, Map.of("A", "b"), Duration.ofSeconds(20));
  }
}
