package dev.qudag.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs the repository's own commands, such as {@code e2e/cluster tool helm}. */
final class Shell {
  static final Path ROOT = Path.of(System.getProperty("qudag.root", "..")).toAbsolutePath();

  private Shell() {}

  /**
   * Runs a command in the repository's root; anything but exit code 0 fails the test with what it
   * printed.
   */
  static String run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new AssertionError("exit code " + code + " of " + command + ":\n" + output);
      }
      return output;
    } catch (IOException e) {
      throw new AssertionError("cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted: " + command, e);
    }
  }
}
