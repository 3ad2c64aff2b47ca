package dev.qudag.node.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An append-only file of records; the first one is a header that says what the file is. Byte by
 * byte: docs/reference/files.md.
 *
 * <p>What a crash tore is cut off when the file is opened: it was never synced, so nobody was told
 * of it. A record that was synced and cannot be read is another matter: it may be what this node
 * signed. Each {@link Frame} says how far the file was synced when it was written, so the two can
 * be told apart whenever a later frame is whole; the file is refused then and stays as it is.
 *
 * <p>One thread appends; any other may read and {@link #sync} meanwhile.
 */
public final class RecordLog implements AutoCloseable {
  /** Takes the records of a file as it is opened, oldest first. */
  @FunctionalInterface
  public interface Reader {
    void read(long offset, byte[] record) throws IOException;
  }

  private static final Set<StandardOpenOption> OPTIONS =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  private static final int SCANNED_AT_ONCE = 1 << 20;

  private final Path file;
  private final FileChannel channel;

  /** Bytes in the file. */
  private volatile long end;

  /** Never more than what is on the disk, or frames would tell of losses that are none. */
  private final AtomicLong synced = new AtomicLong();

  RecordLog(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens the file, or makes it.
   *
   * @throws IOException also when the file has another header: it belongs to another key or chain;
   *     or when a record that was synced cannot be read
   */
  public static RecordLog open(Path file, byte[] header, Reader reader) throws IOException {
    boolean isNew = !Files.exists(file);
    FileChannel channel = FileChannel.open(file, OPTIONS);
    RecordLog log = new RecordLog(file, channel);
    try {
      log.recover(header, reader);
      if (isNew) {
        DurableFiles.syncFolder(file.resolveSibling("."));
      }
      return log;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void recover(byte[] header, Reader reader) throws IOException {
    Optional<Frame> first = frameAt(0);
    if (first.isEmpty()) {
      if (channel.size() > Frame.HEAD_BYTES + header.length) {
        throw damaged(0, "its header cannot be read");
      }
      channel.truncate(0);
      append(header);
      sync();
      return;
    }
    if (!Arrays.equals(first.get().content(), header)) {
      throw new IOException(file + " belongs to another key or chain than this node's");
    }
    long at = first.get().bytes();
    for (Optional<Frame> next = frameAt(at); next.isPresent(); next = frameAt(at)) {
      reader.read(at, next.get().content());
      at += next.get().bytes();
    }
    end = at;
    if (channel.size() > end) {
      requireNeverSynced();
      channel.truncate(end);
    }
    sync();
  }

  /** What cannot be read at the end was torn by a crash, unless a later frame says otherwise. */
  private void requireNeverSynced() throws IOException {
    ByteBuffer window = ByteBuffer.allocate(SCANNED_AT_ONCE);
    for (long from = end; from < channel.size(); from += SCANNED_AT_ONCE - Integer.BYTES + 1) {
      window.clear();
      fill(window, from);
      window.flip();
      for (int at = 0; at + Integer.BYTES <= window.limit(); at++) {
        if (Frame.isMagic(window.getInt(at))) {
          requireNeverSynced(from + at);
        }
      }
    }
  }

  private void requireNeverSynced(long later) throws IOException {
    if (frameAt(later).filter(frame -> frame.synced() > end).isPresent()) {
      throw damaged(end, "the record there was on the disk before the whole one at byte " + later);
    }
  }

  private IOException damaged(long offset, String finding) {
    return new IOException(
        "%s is damaged at byte %d: %s. It was left as it is, because it may hold what this node signed. Restore nothing older in its place; delete the volume, so that the node enrols anew"
            .formatted(file, offset, finding));
  }

  /**
   * Appends a record; it is durable after the next {@link #sync}. The offset to {@link #read} it
   * from.
   *
   * @throws IOException as for want of room: the file ends with the record before then
   */
  public long append(byte[] content) throws IOException {
    ByteBuffer frame = Frame.encode(content, synced.get());
    int size = frame.remaining();
    long offset = end;
    try {
      while (frame.hasRemaining()) {
        channel.write(frame, offset + frame.position());
      }
    } catch (IOException e) {
      giveBack(e);
      throw e;
    }
    end = offset + size;
    return offset;
  }

  /** What was written of a record for which there was no room is no record, and takes room. */
  private void giveBack(IOException cause) {
    try {
      channel.truncate(end);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Makes durable what was appended before; what is appended meanwhile waits for the next one. */
  public void sync() throws IOException {
    long before = end;
    channel.force(false);
    synced.accumulateAndGet(before, Math::max);
  }

  /**
   * Takes the place of this log with these records after the same header. A crash leaves the old
   * file or the new one, all of it: so each frame of the new one counts the whole file as synced.
   *
   * @return the log to go on with; this one is closed
   */
  public RecordLog rewrite(List<byte[]> records) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".next");
    Files.deleteIfExists(beside);
    RecordLog next = new RecordLog(file, FileChannel.open(beside, OPTIONS));
    try {
      byte[] header = read(0);
      next.synced.set(
          Frame.bytes(header) + records.stream().mapToLong(record -> Frame.bytes(record)).sum());
      next.append(header);
      for (byte[] record : records) {
        next.append(record);
      }
      next.sync();
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
      DurableFiles.syncFolder(file.resolveSibling("."));
      channel.close();
      return next;
    } catch (IOException | RuntimeException e) {
      next.close();
      Files.deleteIfExists(beside);
      throw e;
    }
  }

  /** The record at an offset that {@link #append} or {@link Reader} gave. */
  public byte[] read(long offset) throws IOException {
    return frameAt(offset)
        .orElseThrow(() -> new IOException(file + " has no record at byte " + offset))
        .content();
  }

  /** Bytes in the file. */
  public long size() {
    return end;
  }

  private Optional<Frame> frameAt(long offset) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(Frame.HEAD_BYTES);
    if (!fill(head, offset)) {
      return Optional.empty();
    }
    int length = Frame.length(head.flip());
    if (length < 0 || offset + Frame.HEAD_BYTES + length > channel.size()) {
      return Optional.empty();
    }
    ByteBuffer whole = ByteBuffer.allocate(Frame.HEAD_BYTES + length);
    return fill(whole, offset) ? Frame.parse(whole.flip()) : Optional.empty();
  }

  private boolean fill(ByteBuffer buffer, long offset) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
