package dev.qudag.transport.limit;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Bytes that somebody makes a process hold, by who: so many of one, so many of all. When all hold
 * too many, whoever holds the most is to go. Thread-safe.
 *
 * @param <K> who
 */
public final class HeldBytes<K> {
  private final long mostOfOne;
  private final long mostOfAll;
  private final Map<K, Long> held = new HashMap<>();
  private long all;

  /**
   * Holds nothing yet.
   *
   * @param mostOfOne bytes, at least 1
   * @param mostOfAll bytes, at least as many
   */
  public HeldBytes(long mostOfOne, long mostOfAll) {
    if (mostOfOne < 1 || mostOfAll < mostOfOne) {
      throw new IllegalArgumentException(
          mostOfOne + " bytes of one, " + mostOfAll + " of all: expected 1 ≤ one ≤ all");
    }
    this.mostOfOne = mostOfOne;
    this.mostOfAll = mostOfAll;
  }

  /** Counts further bytes; who holds too many then. */
  public synchronized Optional<K> add(K who, long bytes) {
    long ofOne = held.merge(who, bytes, Long::sum);
    all += bytes;
    if (ofOne > mostOfOne) {
      return Optional.of(who);
    }
    return all > mostOfAll
        ? held.entrySet().stream()
            .max(Comparator.comparingLong(Map.Entry::getValue))
            .map(Map.Entry::getKey)
        : Optional.empty();
  }

  /** So many that were added before are held no more. */
  public synchronized void remove(K who, long bytes) {
    long left = held.getOrDefault(who, 0L) - bytes;
    if (left > 0) {
      held.put(who, left);
    } else {
      held.remove(who);
    }
    all -= bytes;
  }

  /** Of one. */
  public synchronized long of(K who) {
    return held.getOrDefault(who, 0L);
  }

  /** Of all. */
  public synchronized long all() {
    return all;
  }
}
