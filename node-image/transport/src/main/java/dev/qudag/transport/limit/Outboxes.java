package dev.qudag.transport.limit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What waits to be sent to all peers of a process, within one budget of bytes. Thread-safe, as are
 * its outboxes.
 *
 * <p>Fairness: when the budget is used up, whoever holds the most gives up all that it holds. So a
 * peer that holds no more than the budget divided by the number of peers never gives way to
 * another, and a single one may use what the others leave.
 */
public final class Outboxes<T> {
  private long mostBytes;
  private final List<Outbox<T>> all = new ArrayList<>();
  private long bytes;

  /**
   * @param mostBytes of all messages that wait, at least 1
   */
  public Outboxes(long mostBytes) {
    this.mostBytes = requirePositive(mostBytes);
  }

  private static long requirePositive(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("outboxes of " + bytes + " bytes take nothing");
    }
    return bytes;
  }

  /**
   * Sets another budget. What waits beyond a smaller one stays until the next message needs room.
   *
   * @param most of all messages that wait, at least 1
   */
  public synchronized void resize(long most) {
    mostBytes = requirePositive(most);
  }

  /**
   * A further, empty one.
   *
   * @param mostMessages how many may wait in it, at least 1
   * @param onEmptied told when it had to give up what it held; must not block, since whoever sends
   *     to another peer waits for it
   */
  public synchronized Outbox<T> open(int mostMessages, Runnable onEmptied) {
    var outbox = new Outbox<T>(this, mostMessages, onEmptied);
    all.add(outbox);
    return outbox;
  }

  /** Bytes that wait in all of them. */
  public synchronized long bytes() {
    return bytes;
  }

  /** Makes room in the budget for one of them, and takes it; false when that one holds the most. */
  synchronized boolean take(Outbox<T> taker, int size) {
    while (bytes + size > mostBytes) {
      Outbox<T> largest = all.stream().max(Comparator.comparingLong(Outbox::bytes)).orElse(taker);
      if (largest.bytes() <= taker.bytes() + size) {
        return false;
      }
      largest.giveUp();
    }
    bytes += size;
    return true;
  }

  synchronized void leave(Outbox<T> outbox) {
    all.remove(outbox);
  }

  synchronized void giveBack(long size) {
    bytes -= size;
  }
}
