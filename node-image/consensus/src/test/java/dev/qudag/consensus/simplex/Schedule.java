package dev.qudag.consensus.simplex;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Simulated time, in a unit of the user's choice: what is due first happens first, of two at one
 * time the one that was planned first, and nothing else lets time pass.
 */
final class Schedule {
  private record Due(long time, long order, Runnable action) {}

  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparingLong(Due::time).thenComparingLong(Due::order));
  private long now;
  private long planned;

  long now() {
    return now;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  void after(long delay, Runnable action) {
    queue.add(new Due(now + delay, planned++, action));
  }

  void next() {
    Due next = queue.remove();
    now = next.time();
    next.action().run();
  }

  /** Runs all that is due up to then, and lets the rest of the time pass. */
  void until(long time) {
    while (!queue.isEmpty() && queue.peek().time() <= time) {
      next();
    }
    now = Math.max(now, time);
  }
}
