package dev.qudag.transport;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The two messages of a handshake that are not encrypted (RFC 8446, 4.1): they say what was offered
 * and what was taken. Numbers are those of the TLS registry.
 */
sealed interface Hello {
  int TLS_1_2 = 0x0303;
  int TLS_1_3 = 0x0304;

  /** What a client offers; empty lists for what it does not say. */
  record Client(List<Integer> versions, List<Integer> groups, List<Integer> signatureSchemes)
      implements Hello {}

  /**
   * What a server took.
   *
   * @param group of the key agreement; 0 when it says none, as before TLS 1.3
   * @param isRetry whether it asks for another hello, with a share of that group
   */
  record Server(int version, int cipherSuite, int group, boolean isRetry) implements Hello {}

  /**
   * Reads a handshake message, head included.
   *
   * @throws IllegalArgumentException when it is not one of the two, or malformed
   */
  static Hello parse(ByteBuffer message) {
    try {
      int type = message.get();
      message.position(message.position() + 3);
      return switch (type) {
        case Layout.CLIENT_HELLO -> client(message);
        case Layout.SERVER_HELLO -> server(message);
        default -> throw new IllegalArgumentException("handshake message of type " + type);
      };
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("a hello that ends too early", e);
    }
  }

  private static Client client(ByteBuffer in) {
    int version = HelloExtensions.number(in);
    HelloExtensions.skip(in, Layout.RANDOM_BYTES);
    HelloExtensions.skip(in, in.get() & 0xff);
    HelloExtensions.skip(in, HelloExtensions.number(in));
    HelloExtensions.skip(in, in.get() & 0xff);
    var extensions = HelloExtensions.read(in);
    List<Integer> versions = extensions.shortList(HelloExtensions.SUPPORTED_VERSIONS);
    return new Client(
        versions.isEmpty() ? List.of(version) : versions,
        extensions.list(HelloExtensions.SUPPORTED_GROUPS),
        extensions.list(HelloExtensions.SIGNATURE_ALGORITHMS));
  }

  private static Server server(ByteBuffer in) {
    int version = HelloExtensions.number(in);
    byte[] random = new byte[Layout.RANDOM_BYTES];
    in.get(random);
    HelloExtensions.skip(in, in.get() & 0xff);
    int cipherSuite = HelloExtensions.number(in);
    HelloExtensions.skip(in, 1);
    var extensions = HelloExtensions.read(in);
    return new Server(
        extensions.first(HelloExtensions.SUPPORTED_VERSIONS).orElse(version),
        cipherSuite,
        extensions.first(HelloExtensions.KEY_SHARE).orElse(0),
        Arrays.equals(random, Layout.RETRY_RANDOM));
  }

  /** Constants of RFC 8446, 4.1. */
  final class Layout {
    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_HELLO = 2;
    private static final int RANDOM_BYTES = 32;
    private static final byte[] RETRY_RANDOM =
        HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

    private Layout() {}
  }
}
