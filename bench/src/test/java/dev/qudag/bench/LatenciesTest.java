package dev.qudag.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void aPercentileIsTheNearestRankOfWhatWasMeasured() {
    Latencies latencies = new Latencies();
    for (int millis = 100; millis >= 1; millis--) {
      latencies.add(millis * 1_000_000L);
    }
    assertThat(latencies.millis(50)).isEqualTo(50);
    assertThat(latencies.millis(99)).isEqualTo(99);
    assertThat(latencies.millis(100)).isEqualTo(100);
  }

  @Test
  void theOnlyDurationIsEveryPercentile() {
    Latencies latencies = new Latencies();
    latencies.add(7_000_000);
    assertThat(latencies.millis(1)).isEqualTo(7);
    assertThat(latencies.millis(99)).isEqualTo(7);
  }
}
