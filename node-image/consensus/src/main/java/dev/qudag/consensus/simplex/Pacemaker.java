package dev.qudag.consensus.simplex;

import java.time.Duration;

/**
 * How long to wait for a leader: twice as long after each nullified view, up to a limit; as at
 * first after finality.
 */
final class Pacemaker {
  private final Duration first;
  private final Duration longest;
  private Duration current;

  Pacemaker(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
    this.current = first;
  }

  Duration timeout() {
    return current;
  }

  /** How long a leader waits for finality to come by itself before it helps with an empty block. */
  Duration grace() {
    return current.dividedBy(4);
  }

  void nullified() {
    Duration doubled = current.multipliedBy(2);
    current = doubled.compareTo(longest) < 0 ? doubled : longest;
  }

  void finalized() {
    current = first;
  }
}
