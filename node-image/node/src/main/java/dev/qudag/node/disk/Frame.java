package dev.qudag.node.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One record of a {@link RecordLog} with what frames it. All integers are big-endian.
 *
 * <pre>
 *   0        4        8        12                20
 *   | magic  | length | CRC    | synced          | content ...
 * </pre>
 *
 * @param synced bytes of the file that were known to be on the disk when this was written; in a
 *     file that was written anew, all of it, since it took the place of the old one only then
 */
record Frame(long synced, byte[] content) {
  static final int HEAD_BYTES = 20;

  /** "QDL1": the format and its version. */
  private static final int MAGIC = 0x51444c31;

  private static final int MAX_CONTENT_BYTES = 64 << 20;
  private static final int CHECKED_FROM = 12;

  static boolean isMagic(int value) {
    return value == MAGIC;
  }

  /** Bytes in the file. */
  int bytes() {
    return bytes(content);
  }

  /** Bytes in the file of a frame with this content. */
  static int bytes(byte[] content) {
    return HEAD_BYTES + content.length;
  }

  static ByteBuffer encode(byte[] content, long synced) throws IOException {
    if (content.length > MAX_CONTENT_BYTES) {
      throw new IOException(
          "a record of " + content.length + " bytes, at most " + MAX_CONTENT_BYTES);
    }
    ByteBuffer frame =
        ByteBuffer.allocate(HEAD_BYTES + content.length)
            .putInt(MAGIC)
            .putInt(content.length)
            .putInt(0)
            .putLong(synced)
            .put(content)
            .flip();
    return frame.putInt(8, crc(frame));
  }

  /** Bytes of content that a head announces; -1 when it is not the head of a frame. */
  static int length(ByteBuffer head) {
    boolean isHead = head.remaining() >= HEAD_BYTES && isMagic(head.getInt(0));
    int length = isHead ? head.getInt(4) : -1;
    return length <= MAX_CONTENT_BYTES ? length : -1;
  }

  /** The frame that begins where the bytes begin, when there is a whole one. */
  static Optional<Frame> parse(ByteBuffer bytes) {
    int length = length(bytes);
    if (length < 0 || bytes.remaining() - HEAD_BYTES < length) {
      return Optional.empty();
    }
    ByteBuffer frame = bytes.slice(0, HEAD_BYTES + length);
    if (crc(frame) != frame.getInt(8)) {
      return Optional.empty();
    }
    byte[] content = new byte[length];
    frame.get(HEAD_BYTES, content);
    return Optional.of(new Frame(frame.getLong(CHECKED_FROM), content));
  }

  /** CRC-32C (RFC 3720, B.4) over length, synced and content. */
  private static int crc(ByteBuffer frame) {
    CRC32C crc = new CRC32C();
    crc.update(frame.slice(4, 4));
    crc.update(frame.slice(CHECKED_FROM, frame.limit() - CHECKED_FROM));
    return (int) crc.getValue();
  }
}
