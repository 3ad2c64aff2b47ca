package dev.qudag.node.hub;

import dev.qudag.node.workspace.vcs.Git;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.NoSuchElementException;
import java.util.Random;

/**
 * A branch {@code main} whose commits replace one file after the other by bytes that nothing
 * compresses: a long history of few files.
 *
 * @param commits how many
 */
record LongHistory(int commits) {
  private static final int FILE_BYTES = 5_000_000;
  private static final int FILES = 20;

  /** How many whose files are so many bytes together. */
  static LongHistory ofBytes(long bytes) {
    return new LongHistory((int) (bytes / FILE_BYTES));
  }

  /** Makes it in an empty repository. */
  void plant(Git git) {
    var ignored =
        git.command("-c", "core.compression=0", "fast-import", "--quiet")
            .run(new SequenceInputStream(new Stream(commits)))
            .orThrow();
  }

  /** The commits as git-fast-import(1) reads them, made when they are read. */
  private static final class Stream implements Enumeration<InputStream> {
    private final int commits;
    private int next;
    private boolean isInside;

    Stream(int commits) {
      this.commits = commits;
    }

    @Override
    public boolean hasMoreElements() {
      return next < commits;
    }

    /** In turn what comes before a file's bytes, and these. */
    @Override
    public InputStream nextElement() {
      if (!hasMoreElements()) {
        throw new NoSuchElementException("the history has " + commits + " commits");
      }
      isInside = !isInside;
      return new ByteArrayInputStream(isInside ? header(next) : content(next++));
    }

    private static byte[] header(int commit) {
      return """
      commit refs/heads/main
      committer Bench <bench@example.invalid> 1750000000 +0000
      data 1
      x
      M 100644 inline data/%d.bin
      data %d
      """
          .formatted(commit % FILES, FILE_BYTES)
          .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] content(int commit) {
      byte[] content = new byte[FILE_BYTES];
      new Random(commit).nextBytes(content);
      return content;
    }
  }
}
