package dev.qudag.node.disk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A small volume of its own (tmpfs), that a test can fill. A test that has no right to mount one is
 * left out.
 */
public final class TestingVolume implements AutoCloseable {
  private static final String FILLER = "filler";
  private static final int AT_ONCE = 64 << 10;

  private final Path folder;

  private TestingVolume(Path folder) {
    this.folder = folder;
  }

  /** Mounts it on a new folder. */
  public static TestingVolume mount(Path folder, int mebibytes) throws IOException {
    Files.createDirectory(folder);
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString()),
        "needs the right to mount");
    return new TestingVolume(folder);
  }

  public Path folder() {
    return folder;
  }

  /** Takes all but so many bytes, or a little less. */
  public void fill(long left) throws IOException {
    byte[] zeros = new byte[AT_ONCE];
    try (var out =
        Files.newOutputStream(
            folder.resolve(FILLER), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (free() - AT_ONCE >= left) {
        out.write(zeros);
      }
      for (long rest = free() - left; rest > 0; rest = free() - left) {
        out.write(zeros, 0, (int) Math.min(rest, AT_ONCE));
      }
    }
  }

  private long free() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  /** Gives back what {@link #fill} took. */
  public void makeRoom() throws IOException {
    Files.delete(folder.resolve(FILLER));
  }

  /** Also while a process is still at it: the folder is empty at once. */
  @Override
  public void close() {
    if (!run("umount", "--lazy", folder.toString())) {
      throw new IllegalStateException("cannot unmount " + folder);
    }
  }

  private static boolean run(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
