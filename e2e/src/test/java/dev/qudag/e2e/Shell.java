package dev.qudag.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs commands on this machine, such as the repository's own {@code e2e/cluster tool helm}. */
final class Shell {
  static final Path ROOT = Path.of(System.getProperty("qudag.root", "..")).toAbsolutePath();

  private Shell() {}

  /**
   * Runs a command in the repository's root; anything but exit code 0 fails the test with what it
   * printed.
   */
  static String run(List<String> command) {
    return run(command, ROOT, Map.of());
  }

  /** The same in another folder, with more environment. */
  static String run(List<String> command, Path folder, Map<String, String> environment) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.start();
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
