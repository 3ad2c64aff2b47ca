package dev.qudag.transport.limit;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much of what one peer sent may wait here. Whoever brings more waits in {@link #acquire}: it
 * does not read on, the windows of HTTP/2 fill, and that peer alone is slowed down.
 */
final class InboundQuota {
  private final int mostMessages;
  private final long mostBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private int messages;
  private long bytes;
  private boolean closed;

  /**
   * @param mostMessages how many messages may wait, at least 1
   * @param mostBytes how many bytes may wait; a message that is larger than that waits alone
   */
  InboundQuota(int mostMessages, long mostBytes) {
    if (mostMessages < 1 || mostBytes < 1) {
      throw new IllegalArgumentException(
          "a quota of " + mostMessages + " messages and " + mostBytes + " bytes lets nothing in");
    }
    this.mostMessages = mostMessages;
    this.mostBytes = mostBytes;
  }

  /**
   * Waits until there is room for a message, and takes it.
   *
   * @return whether it may go in: not once this is closed
   */
  boolean acquire(int size) throws InterruptedException {
    lock.lock();
    try {
      while (!closed && messages > 0 && (messages >= mostMessages || bytes + size > mostBytes)) {
        freed.await();
      }
      if (!closed) {
        messages++;
        bytes += size;
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Gives back the room of a message that was dealt with. */
  void release(int size) {
    lock.lock();
    try {
      messages--;
      bytes -= size;
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets everybody who waits go away empty-handed. */
  void close() {
    lock.lock();
    try {
      closed = true;
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
