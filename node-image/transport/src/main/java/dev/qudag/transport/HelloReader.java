package dev.qudag.transport;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Finds the hello in what one side sends first, however it is cut into pieces: TLS records (RFC
 * 8446, 5.1) that hold one handshake message. A server's wish for another hello is passed over.
 * Keeps at most {@value #MOST_BYTES} bytes and gives up after that.
 */
final class HelloReader {
  private static final int MOST_BYTES = 32 * 1024;
  private static final int RECORD_HEAD = 5;
  private static final int MESSAGE_HEAD = 4;
  private static final byte CHANGE_CIPHER_SPEC = 20;
  private static final byte HANDSHAKE = 22;

  private final ByteArrayOutputStream unread = new ByteArrayOutputStream();
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private Optional<Hello> hello = Optional.empty();
  private boolean finished;
  private boolean retried;

  /** Takes the next piece; costs nothing once the hello is known. */
  void take(ByteBuffer piece) {
    if (finished) {
      return;
    }
    byte[] bytes = new byte[piece.remaining()];
    piece.get(bytes);
    unread.writeBytes(bytes);
    try {
      readRecords();
    } catch (IllegalArgumentException notTls) {
      finished = true;
    }
    if (unread.size() + message.size() > MOST_BYTES) {
      finished = true;
    }
    if (finished) {
      unread.reset();
      message.reset();
    }
  }

  /** What was found; empty before, and for what is not TLS. */
  Optional<Hello> hello() {
    return hello;
  }

  /** Whether the server wished for another hello before. */
  boolean retried() {
    return retried;
  }

  private void readRecords() {
    ByteBuffer in = ByteBuffer.wrap(unread.toByteArray());
    while (!finished && in.remaining() >= RECORD_HEAD) {
      byte type = in.get(in.position());
      int length = in.getShort(in.position() + RECORD_HEAD - 2) & 0xffff;
      if (type != HANDSHAKE && type != CHANGE_CIPHER_SPEC) {
        throw new IllegalArgumentException("a record of type " + type + " before the hello");
      }
      if (in.remaining() < RECORD_HEAD + length) {
        break;
      }
      if (type == HANDSHAKE) {
        message.write(in.array(), in.position() + RECORD_HEAD, length);
        readMessage();
      }
      in.position(in.position() + RECORD_HEAD + length);
    }
    unread.reset();
    unread.write(in.array(), in.position(), in.remaining());
  }

  private void readMessage() {
    ByteBuffer in = ByteBuffer.wrap(message.toByteArray());
    if (in.remaining() < MESSAGE_HEAD) {
      return;
    }
    int length = in.getInt(0) & 0xffffff;
    if (in.remaining() < MESSAGE_HEAD + length) {
      return;
    }
    Hello found = Hello.parse(in.slice(0, MESSAGE_HEAD + length));
    message.reset();
    if (found instanceof Hello.Server server && server.isRetry()) {
      retried = true;
    } else {
      hello = Optional.of(found);
      finished = true;
    }
  }
}
