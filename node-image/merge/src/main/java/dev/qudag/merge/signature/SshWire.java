package dev.qudag.merge.signature;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Strings after their length in four bytes, RFC 4251, section 5. */
final class SshWire {
  private SshWire() {}

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] strings(byte[]... values) {
    int size = 0;
    for (byte[] value : values) {
      size += Integer.BYTES + value.length;
    }
    var out = ByteBuffer.allocate(size);
    for (byte[] value : values) {
      out.putInt(value.length).put(value);
    }
    return out.array();
  }

  static byte[] concat(byte[] one, byte[] other) {
    return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
  }

  /** The next string; empty when it does not end where the bytes do, or before. */
  static Optional<byte[]> next(ByteBuffer in) {
    try {
      int size = in.getInt();
      if (size < 0 || size > in.remaining()) {
        return Optional.empty();
      }
      byte[] value = new byte[size];
      in.get(value);
      return Optional.of(value);
    } catch (BufferUnderflowException e) {
      return Optional.empty();
    }
  }
}
