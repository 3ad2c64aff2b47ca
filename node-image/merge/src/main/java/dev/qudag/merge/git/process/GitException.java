package dev.qudag.merge.git.process;

import dev.qudag.merge.Printable;
import java.util.List;

/**
 * Git did not do what it was told, for a reason that is no property of the input: broken volume,
 * time limit, a bug here.
 */
public final class GitException extends RuntimeException {
  private static final long serialVersionUID = 1;

  GitException(List<String> command, String what) {
    super("git " + Printable.of(String.join(" ", command)) + ": " + Printable.of(what.strip()));
  }

  GitException(List<String> command, String what, Throwable cause) {
    super("git " + Printable.of(String.join(" ", command)) + ": " + what, cause);
  }

  /** Whether the kernel gave it no more memory: it came to its {@link ProcessBounds}. */
  public boolean isForLackOfMemory() {
    return String.valueOf(getMessage()).contains("Out of memory");
  }
}
