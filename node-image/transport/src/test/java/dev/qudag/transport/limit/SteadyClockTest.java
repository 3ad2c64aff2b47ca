package dev.qudag.transport.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void goesOnWhenTheTimeOfDayIsSet() {
    AtomicReference<Instant> timeOfDay = new AtomicReference<>(START);
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    SteadyClock clock = new SteadyClock(timeOfDay::get, nanos::get);
    assertThat(clock.instant()).isEqualTo(START);
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    timeOfDay.set(START.minus(Duration.ofHours(1)));
    assertThat(clock.instant()).as("over the end of a long, too").isEqualTo(START.plusSeconds(5));
  }
}
