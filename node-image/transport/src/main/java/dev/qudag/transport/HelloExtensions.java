package dev.qudag.transport;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The extensions of a hello (RFC 8446, 4.2) by their type, not read further. */
record HelloExtensions(Map<Integer, ByteBuffer> byType) {
  static final int SUPPORTED_GROUPS = 10;
  static final int SIGNATURE_ALGORITHMS = 13;
  static final int SUPPORTED_VERSIONS = 43;
  static final int KEY_SHARE = 51;

  /** Reads the rest of a hello; one of TLS 1.2 may end without extensions. */
  static HelloExtensions read(ByteBuffer in) {
    Map<Integer, ByteBuffer> byType = new HashMap<>();
    if (in.hasRemaining()) {
      ByteBuffer all = take(in, number(in));
      while (all.hasRemaining()) {
        int type = number(all);
        byType.put(type, take(all, number(all)));
      }
    }
    return new HelloExtensions(byType);
  }

  /** The numbers of an extension that is a list with a length of two bytes. */
  List<Integer> list(int type) {
    return values(type, 2);
  }

  /** The numbers of an extension that is a list with a length of one byte. */
  List<Integer> shortList(int type) {
    return values(type, 1);
  }

  /** The number that an extension begins with. */
  Optional<Integer> first(int type) {
    return extension(type).map(HelloExtensions::number);
  }

  private List<Integer> values(int type, int lengthBytes) {
    List<Integer> values = new ArrayList<>();
    extension(type)
        .ifPresent(
            in -> {
              skip(in, lengthBytes);
              while (in.hasRemaining()) {
                values.add(number(in));
              }
            });
    return List.copyOf(values);
  }

  private Optional<ByteBuffer> extension(int type) {
    return Optional.ofNullable(byType.get(type)).map(ByteBuffer::duplicate);
  }

  static int number(ByteBuffer in) {
    return in.getShort() & 0xffff;
  }

  static void skip(ByteBuffer in, int bytes) {
    var ignored = take(in, bytes);
  }

  private static ByteBuffer take(ByteBuffer in, int bytes) {
    if (in.remaining() < bytes) {
      throw new BufferUnderflowException();
    }
    ByteBuffer taken = in.slice(in.position(), bytes);
    in.position(in.position() + bytes);
    return taken;
  }
}
