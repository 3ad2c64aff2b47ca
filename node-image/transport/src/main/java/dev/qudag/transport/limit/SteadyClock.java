package dev.qudag.transport.limit;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time of day as it was at first, and what has passed since: whoever sets the system's clock
 * does not set this one.
 */
public final class SteadyClock implements InstantSource {
  private final Instant start;
  private final long startNanos;
  private final LongSupplier nanos;

  /**
   * @param nanos nanoseconds from some point on; only their difference counts
   */
  public SteadyClock(InstantSource timeOfDay, LongSupplier nanos) {
    this.start = timeOfDay.instant();
    this.startNanos = nanos.getAsLong();
    this.nanos = nanos;
  }

  /** Beginning now. */
  public static SteadyClock system() {
    return new SteadyClock(InstantSource.system(), System::nanoTime);
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos.getAsLong() - startNanos);
  }
}
