package dev.qudag.node.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashPointTest {
  @TempDir Path data;

  @AfterEach
  void disarm() {
    CrashPoint.disarm();
  }

  @Test
  void diesOnceAtThePointThatTheFileNames() throws IOException {
    CrashPoint.arm(data, CrashPointTest::die);
    Files.writeString(data.resolve("crash-at"), "hub-after-verify\n");

    assertThatCode(() -> CrashPoint.reached("hub-before-verify")).doesNotThrowAnyException();
    assertThatThrownBy(() -> CrashPoint.reached("hub-after-verify")).hasMessage("died");
    assertThatCode(() -> CrashPoint.reached("hub-after-verify")).doesNotThrowAnyException();
    assertThat(data.resolve("crash-at")).doesNotExist();
  }

  @Test
  void neverDiesUnlessArmed() throws IOException {
    Files.writeString(data.resolve("crash-at"), "hub-after-verify");

    CrashPoint.reached("hub-after-verify");

    assertThat(data.resolve("crash-at")).exists();
  }

  private static void die() {
    throw new IllegalStateException("died");
  }
}
