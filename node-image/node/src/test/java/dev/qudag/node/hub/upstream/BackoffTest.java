package dev.qudag.node.hub.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void waitsTwiceAsLongEachTimeUpToAMinute() {
    List<Long> waits = new ArrayList<>();
    Backoff backoff = Backoff.NONE;
    for (int i = 0; i < 40; i++) {
      long now = backoff.notBefore();
      assertThat(backoff.isDue(now)).isTrue();
      assertThat(backoff.isDue(now - 1)).isFalse();
      backoff = backoff.failed(now);
      waits.add((backoff.notBefore() - now) / 1000);
    }
    assertThat(waits).startsWith(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L).endsWith(60L);
  }
}
