package dev.qudag.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
  private static final Refusal WRONG_KEY = new Refusal(Refusal.Reason.KEY, "wrong key");
  private static final Refusal NOT_TLS = new Refusal(Refusal.Reason.NOT_TLS, "does not speak TLS");

  private final TestingRefusals lines = new TestingRefusals();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final RefusalLog log =
      new RefusalLog(
          new Clock() {
            @Override
            public Instant instant() {
              return now.get();
            }

            @Override
            public ZoneOffset getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }
          });

  @AfterEach
  void stop() {
    lines.close();
  }

  @Test
  void saysWhichSideRefused() {
    log.refused(LinkSide.SERVER, "/10.0.0.7:5000", NOT_TLS);
    log.refused(LinkSide.CLIENT, "hub/10.0.0.8:7443", WRONG_KEY);
    assertThat(lines.lines())
        .containsExactly(
            "refused /10.0.0.7:5000: does not speak TLS",
            "no connection to hub/10.0.0.8:7443: wrong key");
  }

  @Test
  void saysTheSameOfOneHostOnceInTenSeconds() {
    log.refused(LinkSide.SERVER, "/10.0.0.7:5000", NOT_TLS);
    log.refused(LinkSide.SERVER, "/10.0.0.7:5001", NOT_TLS);
    assertThat(lines.lines()).hasSize(1);
    log.refused(LinkSide.SERVER, "/10.0.0.7:5001", WRONG_KEY);
    log.refused(LinkSide.SERVER, "/10.0.0.9:5001", NOT_TLS);
    assertThat(lines.lines()).hasSize(3);
    now.set(Instant.EPOCH.plus(Duration.ofSeconds(10)));
    log.refused(LinkSide.SERVER, "/10.0.0.7:5002", NOT_TLS);
    assertThat(lines.lines()).hasSize(4);
  }
}
