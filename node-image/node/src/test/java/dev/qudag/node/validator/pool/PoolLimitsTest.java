package dev.qudag.node.validator.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PoolLimitsTest {
  @Test
  void allSharesTogetherAreNeverMoreThanTheWhole() {
    for (int validators = 0; validators < 100; validators++) {
      var limits = new PoolLimits(1000, 10_000_000, validators);
      var swarm = limits.of(new Bringer.Swarm());
      var other = limits.of(new Bringer.Validator(0));
      assertThat(swarm.decisions() + validators * other.decisions()).isLessThanOrEqualTo(1000);
      assertThat(swarm.bytes() + validators * other.bytes()).isLessThanOrEqualTo(10_000_000);
    }
  }

  @Test
  void aPoolTooSmallForItsValidatorsIsRefusedWithWhatItWouldTake() {
    assertThatThrownBy(() -> new PoolLimits(11, 1 << 20, 6))
        .hasMessageContaining("11 decisions")
        .hasMessageContaining("expected 12 and 393216");
    assertThatThrownBy(() -> new PoolLimits(12, 1000, 6)).hasMessageContaining("1000 bytes");
    assertThatThrownBy(() -> new PoolLimits(12, 1 << 20, -1))
        .hasMessageContaining("-1 other validators");
  }
}
