package dev.qudag.node.hub.upstream;

import java.time.Duration;

/**
 * When to try again what failed: after 1 s, then twice as long each time, up to 60 s. Pure.
 *
 * @param failures in a row
 * @param notBefore time of the next try, milliseconds since 1970
 */
record Backoff(int failures, long notBefore) {
  /** Nothing has failed. */
  static final Backoff NONE = new Backoff(0, 0);

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int MOST_DOUBLINGS = 10;

  /** After one more failure at {@code now}, milliseconds since 1970. */
  Backoff failed(long now) {
    long wait = FIRST.toMillis() << Math.min(failures, MOST_DOUBLINGS);
    return new Backoff(failures + 1, now + Math.min(wait, LONGEST.toMillis()));
  }

  boolean isDue(long now) {
    return now >= notBefore;
  }
}
