package dev.qudag.transport.limit;

import java.time.Duration;
import java.time.Instant;

/**
 * A rate with a burst: holds at most {@code burst} tokens, gains {@code perSecond} of them, and is
 * full at first. Time never runs backwards in it. Not thread-safe.
 */
final class TokenBucket {
  private final Rate rate;
  private double tokens;
  private Instant filledAt;

  TokenBucket(Rate rate, Instant now) {
    this.rate = rate;
    this.tokens = rate.burst();
    this.filledAt = now;
  }

  /** Whether there were as many tokens, which are gone then; nothing is taken otherwise. */
  boolean take(long wanted, Instant now) {
    if (now.isAfter(filledAt)) {
      double seconds = Duration.between(filledAt, now).toNanos() / 1e9;
      double full = rate.burst();
      tokens = Math.min(full, tokens + seconds * rate.perSecond());
      filledAt = now;
    }
    if (tokens < wanted) {
      return false;
    }
    tokens -= wanted;
    return true;
  }
}
