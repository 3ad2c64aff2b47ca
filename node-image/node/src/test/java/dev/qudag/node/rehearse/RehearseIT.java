package dev.qudag.node.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.node.QudagNode;
import dev.qudag.node.workspace.TestingJujutsu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As the build of the image runs it: a process of its own. */
class RehearseIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void playsEveryRoleAndLeavesNothingBehind() throws Exception {
    Process rehearsal = start(TestingJujutsu.program());

    assertThat(rehearsal.waitFor(PATIENCE)).isTrue();
    assertThat(rehearsal.exitValue()).as(log()).isZero();
    assertThat(log()).contains("proven: ");
    assertThat(folder.resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void failsWhenOneRoleFails() throws Exception {
    Process rehearsal = start(folder.resolve("no-jj"));

    assertThat(rehearsal.waitFor(PATIENCE)).isTrue();
    assertThat(rehearsal.exitValue()).isEqualTo(1);
    assertThat(log()).contains("workspace run failed");
  }

  private Process start(Path jujutsu) throws IOException {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    var builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                QudagNode.class.getName(),
                "rehearse"));
    builder.environment().put("QUDAG_JJ", jujutsu.toString());
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
    return builder.start();
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }
}
