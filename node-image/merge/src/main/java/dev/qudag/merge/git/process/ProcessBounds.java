package dev.qudag.merge.git.process;

import java.util.List;

/**
 * What one process that reads a stranger's objects may take. The kernel holds it to that: {@code
 * prlimit(1)} sets the limits of {@code setrlimit(2)} and becomes git. Time is bounded by {@link
 * GitSettings#limit}.
 *
 * @param memoryBytes of its own data; files that it maps do not count (RLIMIT_DATA)
 * @param fileBytes of one file that it writes (RLIMIT_FSIZE)
 */
public record ProcessBounds(long memoryBytes, long fileBytes) {
  private static final long STACK_BYTES = 8L << 20;

  /** What a shell says of a process that a signal ended: 128 and the signal. */
  private static final int FILE_TOO_LARGE = 128 + 25;

  private static final int BAD_ACCESS = 128 + 11;
  private static final int ABORTED = 128 + 6;

  /** Whoever read its output has closed it. */
  public static final int OUTPUT_CLOSED = 128 + 13;

  private static final int FATAL = 128;

  /** How git ends that finds something wrong, or comes to a bound. */
  public static final List<Integer> ENDINGS =
      List.of(0, 1, FATAL, ABORTED, BAD_ACCESS, OUTPUT_CLOSED, FILE_TOO_LARGE);

  public ProcessBounds {
    if (memoryBytes < 1 || fileBytes < 1) {
      throw new IllegalArgumentException("bounds of a process must be at least 1 byte");
    }
  }

  /** The words before the program's own. */
  List<String> words() {
    return List.of(
        "prlimit",
        "--data=" + memoryBytes,
        "--fsize=" + fileBytes,
        "--stack=" + STACK_BYTES,
        "--core=0");
  }

  /** Whether that is why it ended. */
  public static boolean ended(GitProcess.Result<?> result) {
    return result.exit() == FILE_TOO_LARGE
        || (result.exit() == FATAL
            && (result.error().contains("Out of memory")
                || result.error().contains("Cannot allocate memory")
                || result.error().contains("File too large")));
  }

  /** Whether git came to an end of its stack, or of the depth that it walks. */
  public static boolean endedByDepth(GitProcess.Result<?> result) {
    return result.exit() == BAD_ACCESS
        || result.exit() == ABORTED
        || (result.exit() != 0 && result.error().contains("tree depth"));
  }
}
