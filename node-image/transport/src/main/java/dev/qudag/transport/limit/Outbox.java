package dev.qudag.transport.limit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What waits to be sent to one peer, in order, bounded in number, and in bytes together with the
 * other {@link Outboxes}. It takes a message whole or not at all; who fills it decides what becomes
 * of the rest.
 */
public final class Outbox<T> implements AutoCloseable {
  private record Waiting<T>(T message, int bytes) {}

  private final Outboxes<T> budget;
  private final int mostMessages;
  private final Runnable onEmptied;
  private final Deque<Waiting<T>> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean closed;

  Outbox(Outboxes<T> budget, int mostMessages, Runnable onEmptied) {
    if (mostMessages < 1) {
      throw new IllegalArgumentException(
          "an outbox of " + mostMessages + " messages takes nothing");
    }
    this.budget = budget;
    this.mostMessages = mostMessages;
    this.onEmptied = onEmptied;
  }

  /** Whether the message was taken: not when too much waits. */
  public boolean offer(T message, int size) {
    synchronized (budget) {
      if (closed || waiting.size() >= mostMessages || !budget.take(this, size)) {
        return false;
      }
      waiting.add(new Waiting<>(message, size));
      bytes += size;
      return true;
    }
  }

  /** Takes out the message that waits longest. */
  public Optional<T> poll() {
    synchronized (budget) {
      Waiting<T> next = waiting.poll();
      if (next == null) {
        return Optional.empty();
      }
      bytes -= next.bytes();
      budget.giveBack(next.bytes());
      return Optional.of(next.message());
    }
  }

  public boolean isEmpty() {
    synchronized (budget) {
      return waiting.isEmpty();
    }
  }

  public void clear() {
    synchronized (budget) {
      waiting.clear();
      budget.giveBack(bytes);
      bytes = 0;
    }
  }

  /** Gives back all, and takes nothing more: the peer is left for good. */
  @Override
  public void close() {
    synchronized (budget) {
      closed = true;
      clear();
      budget.leave(this);
    }
  }

  /** Bytes that wait in it; asked and changed under the lock of the budget. */
  long bytes() {
    return bytes;
  }

  /** Another peer needs the room, and this one holds the most. */
  void giveUp() {
    clear();
    onEmptied.run();
  }
}
