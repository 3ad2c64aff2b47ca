package dev.qudag.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarnessTest {

  @TempDir Path root;

  @Test
  void isFoundAboveTheFolderOfAModule() throws IOException {
    writeCommand("true");
    assertThat(Harness.above(Files.createDirectories(root.resolve("a/b"))).root()).isEqualTo(root);
  }

  @Test
  void saysWhereItLookedWhenThereIsNone() {
    assertThatThrownBy(() -> Harness.above(root)).hasMessageContaining(root.toString());
  }

  @Test
  void handsBackWhatTheCommandPrints() throws IOException {
    writeCommand("echo \"$1-$2\"");
    assertThat(new Harness(root).run("a", "b")).isEqualTo("a-b");
  }

  @Test
  void failsWithTheCommandAndItsExitCode() throws IOException {
    writeCommand("exit 3");
    assertThatThrownBy(() -> new Harness(root).run("up")).hasMessageContaining("up ended with 3");
  }

  private void writeCommand(String script) throws IOException {
    Path command = root.resolve("e2e/cluster");
    Files.createDirectories(command.getParent());
    Files.writeString(command, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
  }
}
