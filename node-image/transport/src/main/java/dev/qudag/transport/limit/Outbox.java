package dev.qudag.transport.limit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What waits to be sent to one peer, in order, bounded in number and in bytes. It takes a message
 * whole or not at all; who fills it decides what becomes of the rest. Not thread-safe.
 */
public final class Outbox<T> {
  private record Waiting<T>(T message, int bytes) {}

  private final int mostMessages;
  private final long mostBytes;
  private final Deque<Waiting<T>> waiting = new ArrayDeque<>();
  private long bytes;

  /**
   * @param mostMessages how many messages may wait, at least 1
   * @param mostBytes how many bytes may wait; a message that is larger than that goes alone
   */
  public Outbox(int mostMessages, long mostBytes) {
    if (mostMessages < 1 || mostBytes < 1) {
      throw new IllegalArgumentException(
          "an outbox of " + mostMessages + " messages and " + mostBytes + " bytes takes nothing");
    }
    this.mostMessages = mostMessages;
    this.mostBytes = mostBytes;
  }

  /** Whether the message was taken: not when too much waits. */
  public boolean offer(T message, int size) {
    if (!waiting.isEmpty() && (waiting.size() >= mostMessages || bytes + size > mostBytes)) {
      return false;
    }
    waiting.add(new Waiting<>(message, size));
    bytes += size;
    return true;
  }

  /** Takes out the message that waits longest. */
  public Optional<T> poll() {
    Waiting<T> next = waiting.poll();
    if (next == null) {
      return Optional.empty();
    }
    bytes -= next.bytes();
    return Optional.of(next.message());
  }

  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  public void clear() {
    waiting.clear();
    bytes = 0;
  }
}
