package dev.qudag.node.workspace.origin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Git's framing: four hex digits of length, then the bytes; {@code 0000} ends a section
 * (gitprotocol-common).
 */
final class PktLine {

  static final byte[] FLUSH = "0000".getBytes(StandardCharsets.US_ASCII);
  static final int MAX_BYTES = 65520;

  private PktLine() {}

  static byte[] of(byte[] data) {
    if (data.length + 4 > MAX_BYTES) {
      throw new IllegalArgumentException("pkt-line of " + data.length + " bytes, at most 65516");
    }
    var line = new ByteArrayOutputStream(data.length + 4);
    line.writeBytes("%04x".formatted(data.length + 4).getBytes(StandardCharsets.US_ASCII));
    line.writeBytes(data);
    return line.toByteArray();
  }

  static byte[] of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads one line and appends all that was read to {@code raw}; null is a flush. */
  static byte @Nullable [] read(InputStream stream, ByteArrayOutputStream raw) throws IOException {
    byte[] head = exactly(stream, 4);
    raw.writeBytes(head);
    int length;
    try {
      length = Integer.parseInt(new String(head, StandardCharsets.US_ASCII), 16);
    } catch (NumberFormatException e) {
      throw new IOException("not a pkt-line", e);
    }
    if (length == 0) {
      return null;
    }
    if (length < 4 || length > MAX_BYTES) {
      throw new IOException("pkt-line of length " + length);
    }
    byte[] data = exactly(stream, length - 4);
    raw.writeBytes(data);
    return data;
  }

  private static byte[] exactly(InputStream stream, int count) throws IOException {
    byte[] bytes = stream.readNBytes(count);
    if (bytes.length < count) {
      throw new IOException("the request ends within a pkt-line");
    }
    return bytes;
  }
}
