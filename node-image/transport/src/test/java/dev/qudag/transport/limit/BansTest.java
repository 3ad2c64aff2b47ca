package dev.qudag.transport.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.qudag.crypto.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BansTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Digest PEER = Digest.sha256("peer".getBytes(StandardCharsets.US_ASCII));
  private static final Digest OTHER = Digest.sha256("other".getBytes(StandardCharsets.US_ASCII));
  private static final PeerLimits LIMITS =
      new PeerLimits(
          new Rate(10, 20),
          new Rate(1000, 2000),
          new Rate(1, 3),
          Duration.ofSeconds(30),
          Duration.ofSeconds(100));

  private final TestingClock clock = new TestingClock();
  private final Bans bans = new Bans(LIMITS, clock);

  @Test
  void admitsABurstAndThenTheRate() {
    assertThat(send(20, 1)).isEmpty();
    clock.pass(Duration.ofSeconds(1));
    assertThat(send(10, 1)).isEmpty();
    assertThat(bans.banned()).isZero();
  }

  @Test
  void bansWhoSendsTooManyMessages() {
    assertThat(send(21, 1))
        .contains(new Bans.Ban(START.plusSeconds(30), Offence.RATE))
        .get()
        .hasToString("banned until 2026-01-01T00:00:30Z (rate)");
    assertThat(bans.banned()).isOne();
    assertThat(bans.counts()).containsExactly(Map.entry(Offence.RATE, 1L));
  }

  @Test
  void bansWhoSendsTooManyBytes() {
    assertThat(send(3, 700)).isPresent();
  }

  @Test
  void bansOneAndNotTheOthers() {
    assertThat(send(21, 1)).isPresent();
    assertThat(bans.of(OTHER)).isEmpty();
    assertThat(bans.admit(OTHER, 1)).isEmpty();
  }

  @Test
  void bansForForgeriesThatGoOn() {
    assertThat(accuse(3)).isEmpty();
    assertThat(accuse(1)).map(Bans.Ban::offence).contains(Offence.FORGED);
  }

  @Test
  void forgivesOffencesThatAreRare() {
    for (int i = 0; i < 20; i++) {
      clock.pass(Duration.ofSeconds(1));
      assertThat(accuse(1)).isEmpty();
    }
  }

  @Test
  void aBanEndsByItself() {
    assertThat(send(21, 1)).isPresent();
    clock.pass(Duration.ofSeconds(29));
    assertThat(bans.of(PEER)).isPresent();
    assertThat(bans.admit(PEER, 1)).isPresent();
    clock.pass(Duration.ofSeconds(1));
    assertThat(bans.of(PEER)).isEmpty();
    assertThat(bans.banned()).isZero();
    assertThat(bans.admit(PEER, 1)).isEmpty();
  }

  @Test
  void whatIsSentDuringABanDoesNotLengthenIt() {
    assertThat(send(1000, 1)).contains(new Bans.Ban(START.plusSeconds(30), Offence.RATE));
    assertThat(accuse(1000)).contains(new Bans.Ban(START.plusSeconds(30), Offence.RATE));
    assertThat(bans.counts()).containsEntry(Offence.RATE, 1L);
  }

  @Test
  void eachBanIsTwiceAsLongUpToTheLongest() {
    for (long seconds : new long[] {30, 60, 100, 100}) {
      Instant now = clock.instant();
      assertThat(send(21, 1)).map(Bans.Ban::until).contains(now.plusSeconds(seconds));
      clock.pass(Duration.ofSeconds(seconds));
    }
  }

  @Test
  void afterGoodConductABanIsTheFirstAgain() {
    assertThat(send(21, 1)).isPresent();
    clock.pass(Duration.ofSeconds(130));
    Instant now = clock.instant();
    assertThat(send(21, 1)).map(Bans.Ban::until).contains(now.plusSeconds(30));
  }

  @Test
  void aClockThatGoesBackGivesNothingForFree() {
    assertThat(send(20, 1)).isEmpty();
    clock.pass(Duration.ofMinutes(-1));
    assertThat(send(1, 1)).isPresent();
  }

  @Test
  void refusesLimitsThatAllowNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rate(0, 5))
        .withMessageContaining("0 per second");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new PeerLimits(
                    new Rate(1, 1),
                    new Rate(1, 1),
                    new Rate(1, 1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(1)))
        .withMessageContaining("PT2S to PT1S");
  }

  /** The answer to the last of so many messages. */
  private Optional<Bans.Ban> send(int messages, int bytes) {
    return IntStream.range(0, messages)
        .mapToObj(i -> bans.admit(PEER, bytes))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private Optional<Bans.Ban> accuse(int times) {
    return IntStream.range(0, times)
        .mapToObj(i -> bans.accuse(PEER, Offence.FORGED))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private static final class TestingClock extends Clock {
    private Instant now = START;

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
