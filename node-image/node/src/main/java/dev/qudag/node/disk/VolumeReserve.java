package dev.qudag.node.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The part of a volume that nothing new may take, so that what was accepted can end: blocks,
 * certificates, landings. It is 5 % of the volume, at least 16 and at most 256 MiB. Read from the
 * file system each time it is asked for, so that it is over as soon as there is room.
 */
public final class VolumeReserve {
  /** Reason of refusals and conditions. */
  public static final String REASON = "VolumeFull";

  private static final long LEAST = 16L << 20;
  private static final long MOST = 256L << 20;
  private static final int SHARE = 20;

  private final Space space;

  /** A volume's bytes, all of them and those that this process may still write. */
  public interface Space {
    long total() throws IOException;

    long free() throws IOException;
  }

  public VolumeReserve(Space space) {
    this.space = space;
  }

  /** Of the volume on which this folder is. */
  public static VolumeReserve of(Path folder) {
    return new VolumeReserve(
        new Space() {
          @Override
          public long total() throws IOException {
            return store().getTotalSpace();
          }

          @Override
          public long free() throws IOException {
            return store().getUsableSpace();
          }

          private FileStore store() throws IOException {
            return Files.getFileStore(folder);
          }
        });
  }

  /** Bytes that are kept. */
  public long bytes() {
    try {
      return Math.min(Math.max(space.total() / SHARE, LEAST), MOST);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the size of the volume", e);
    }
  }

  /** Bytes that are left, with the reserve. */
  public long free() {
    try {
      return space.free();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the free space of the volume", e);
    }
  }

  /** Whether the reserve itself is in use. */
  public boolean isInUse() {
    return free() < bytes();
  }

  /**
   * Why there is no room; empty when there is.
   *
   * @param needed bytes that something new takes beside the reserve
   */
  public Optional<String> lacking(long needed) {
    return lacking(needed, bytes());
  }

  /** The same for what may take half of the reserve: who brings it has no other place for it. */
  public Optional<String> lackingForTheLast(long needed) {
    return lacking(needed, bytes() / 2);
  }

  private Optional<String> lacking(long needed, long kept) {
    long free = free();
    return free - needed >= kept
        ? Optional.empty()
        : Optional.of(
            "the volume has %d bytes free, %d are needed, and %d are kept for what was accepted before"
                .formatted(free, needed, kept));
  }

  /**
   * @throws VolumeFullException when there is no room
   */
  public void require(long needed) throws VolumeFullException {
    Optional<String> lacking = lacking(needed);
    if (lacking.isPresent()) {
      throw new VolumeFullException(REASON + ": " + lacking.get());
    }
  }
}
