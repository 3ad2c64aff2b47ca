package dev.qudag.node.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Lets a part of the node die at a crash point inside of a test's process: by an exception that
 * nothing catches.
 */
public final class TestingCrash {
  /** The process would be gone. */
  public static final class Died extends Error {
    private static final long serialVersionUID = 1L;
  }

  private TestingCrash() {}

  public static void at(Path data, String point) throws IOException {
    CrashPoint.arm(
        data,
        () -> {
          throw new Died();
        });
    Files.writeString(data.resolve("crash-at"), point);
  }

  public static void disarm() {
    CrashPoint.disarm();
  }
}
