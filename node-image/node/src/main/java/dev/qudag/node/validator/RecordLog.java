package dev.qudag.node.validator;

import dev.qudag.node.disk.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * An append-only file of records, each framed as length, CRC-32C, bytes; the first one is a header
 * that says what the file is. A frame that a crash has torn is cut off when the file is opened: it
 * was never synced, so nobody was told of it.
 */
final class RecordLog implements AutoCloseable {
  /** Takes the records of a file as it is opened, oldest first. */
  @FunctionalInterface
  interface Reader {
    void read(long offset, byte[] record) throws IOException;
  }

  private static final int FRAME_BYTES = 2 * Integer.BYTES;
  private static final int MAX_RECORD_BYTES = 64 << 20;

  private final Path file;
  private final FileChannel channel;
  private long end;

  private RecordLog(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens the file, or makes it.
   *
   * @throws IOException also when the file has another header: it belongs to another key or chain
   */
  static RecordLog open(Path file, byte[] header, Reader reader) throws IOException {
    boolean isNew = !Files.exists(file);
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
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
    Optional<byte[]> found = frameAt(0);
    if (found.isEmpty()) {
      if (channel.size() > FRAME_BYTES + header.length) {
        throw new IOException(file + " is damaged: its header cannot be read");
      }
      channel.truncate(0);
      append(header);
      sync();
      return;
    }
    if (!Arrays.equals(found.get(), header)) {
      throw new IOException(file + " belongs to another key or chain than this node's");
    }
    end = (long) FRAME_BYTES + header.length;
    for (Optional<byte[]> next = frameAt(end); next.isPresent(); next = frameAt(end)) {
      reader.read(end, next.get());
      end += FRAME_BYTES + next.get().length;
    }
    if (channel.size() > end) {
      channel.truncate(end);
      channel.force(true);
    }
  }

  /**
   * Appends a record; it is durable after the next {@link #sync}. The offset to {@link #read} it
   * from.
   */
  long append(byte[] bytes) throws IOException {
    if (bytes.length > MAX_RECORD_BYTES) {
      throw new IOException("a record of " + bytes.length + " bytes, at most " + MAX_RECORD_BYTES);
    }
    ByteBuffer frame =
        ByteBuffer.allocate(FRAME_BYTES + bytes.length)
            .putInt(bytes.length)
            .putInt(crc(bytes))
            .put(bytes)
            .flip();
    long offset = end;
    while (frame.hasRemaining()) {
      channel.write(frame, end + frame.position());
    }
    end += frame.capacity();
    return offset;
  }

  void sync() throws IOException {
    channel.force(false);
  }

  byte[] read(long offset) throws IOException {
    return frameAt(offset).orElseThrow(() -> new IOException(file + " has no record at " + offset));
  }

  /** Bytes in the file. */
  long size() {
    return end;
  }

  private Optional<byte[]> frameAt(long offset) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(FRAME_BYTES);
    if (!fill(frame, offset)) {
      return Optional.empty();
    }
    int length = frame.getInt();
    int crc = frame.getInt();
    if (length < 0 || length > MAX_RECORD_BYTES || offset + FRAME_BYTES + length > channel.size()) {
      return Optional.empty();
    }
    ByteBuffer content = ByteBuffer.allocate(length);
    boolean whole = fill(content, offset + FRAME_BYTES) && crc(content.array()) == crc;
    return whole ? Optional.of(content.array()) : Optional.empty();
  }

  private boolean fill(ByteBuffer buffer, long offset) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        return false;
      }
    }
    buffer.flip();
    return true;
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
