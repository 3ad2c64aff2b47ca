package dev.qudag.node.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Named places where a test may kill the process, so that recovery is tested at each step and not
 * at random times.
 *
 * <p>Does nothing unless {@code QUDAG_TEST_CRASH_POINTS=true}. Armed, the process dies at the point
 * whose name stands in {@code $QUDAG_DATA/crash-at}; the file goes first, so that the next start
 * gets past it.
 */
public final class CrashPoint {
  /** What a container's runtime reports for a process that was killed by SIGKILL. */
  public static final int EXIT_CODE = 137;

  private static volatile State state = new Disarmed();

  private CrashPoint() {}

  /** Arms the points of this process; {@code data} is the folder that holds {@code crash-at}. */
  public static void arm(Path data) {
    state = new Armed(data.resolve("crash-at"), () -> Runtime.getRuntime().halt(EXIT_CODE));
  }

  /**
   * Arms the points for a test in one process: {@code death} runs instead of the halt and must
   * throw.
   */
  static void arm(Path data, Runnable death) {
    state = new Armed(data.resolve("crash-at"), death);
  }

  static void disarm() {
    state = new Disarmed();
  }

  /** Dies here if a test asked for it. */
  public static void reached(String point) {
    switch (state) {
      case Disarmed() -> {}
      case Armed armed -> armed.reached(point);
    }
  }

  private sealed interface State {}

  private record Disarmed() implements State {}

  private record Armed(Path file, Runnable death) implements State {
    void reached(String point) {
      try {
        if (Files.exists(file) && Files.readString(file).strip().equals(point)) {
          Files.delete(file);
          death.run();
        }
      } catch (IOException e) {
        throw new IllegalStateException("crash point " + point + ": cannot read " + file, e);
      }
    }
  }
}
