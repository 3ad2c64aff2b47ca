package dev.qudag.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PacemakerTest {
  private final Pacemaker pacemaker = new Pacemaker(Duration.ofMillis(500), Duration.ofSeconds(3));

  @Test
  void timeOutDoublesWithEachNullifiedViewUpToTheLongest() {
    assertThat(pacemaker.timeout()).isEqualTo(Duration.ofMillis(500));
    for (long expected : new long[] {1000, 2000, 3000, 3000}) {
      pacemaker.nullified();
      assertThat(pacemaker.timeout()).isEqualTo(Duration.ofMillis(expected));
    }
  }

  @Test
  void timeOutIsAsAtFirstAfterFinality() {
    pacemaker.nullified();
    pacemaker.finalized();
    assertThat(pacemaker.timeout()).isEqualTo(Duration.ofMillis(500));
  }
}
