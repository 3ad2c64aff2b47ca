package dev.qudag.bench;

import java.util.ArrayList;
import java.util.List;

/** Durations, and the percentiles of them. Not for several threads. */
public final class Latencies {
  private final List<Long> nanos = new ArrayList<>();

  public void add(long durationNanos) {
    nanos.add(durationNanos);
  }

  public int count() {
    return nanos.size();
  }

  /** The duration, in milliseconds, that this percentage of all does not exceed (nearest rank). */
  public double millis(double percent) {
    List<Long> sorted = nanos.stream().sorted().toList();
    int rank = (int) Math.ceil(percent / 100 * sorted.size());
    return sorted.get(Math.max(0, rank - 1)) / 1e6;
  }
}
