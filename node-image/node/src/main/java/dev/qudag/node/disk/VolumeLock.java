package dev.qudag.node.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One process writes a volume at a time. The kernel drops the lock when the process ends, however
 * it ends.
 */
public final class VolumeLock implements AutoCloseable {
  private final FileChannel channel;

  private VolumeLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock or refuses: another process has the volume. */
  public static VolumeLock take(Path folder) throws IOException {
    Path file = folder.resolve("lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new IOException("another process writes " + folder + ": it holds the lock on " + file);
    }
    return new VolumeLock(channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
