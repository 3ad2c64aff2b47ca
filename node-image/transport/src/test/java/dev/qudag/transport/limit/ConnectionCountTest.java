package dev.qudag.transport.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ConnectionCountTest {
  private static final Rate FAST = new Rate(1_000_000, 1_000_000);
  private static final ConnectionLimits LIMITS = limits(6, 3, 4, 2);

  private Instant now = Instant.EPOCH;
  private final ConnectionCount<String> count = new ConnectionCount<>(LIMITS, () -> now);

  @Test
  void oneAddressHasSoManyHandshakesUnderWay() {
    count.admit("a");
    var second = count.admit("a");
    assertThat(count.refusal("a")).contains("has 2 handshakes under way already");
    assertThat(count.refusal("b")).isEmpty();
    second.established();
    assertThat(count.refusal("a")).isEmpty();
  }

  @Test
  void oneAddressHasSoManyConnections() {
    for (int i = 0; i < 3; i++) {
      count.admit("a").established();
    }
    assertThat(count.refusal("a")).contains("has 3 connections already");
    assertThat(count.refusal("b")).isEmpty();
  }

  @Test
  void allAddressesTogetherHaveSoManyHandshakesUnderWay() {
    for (String address : List.of("a", "a", "b", "b")) {
      count.admit(address);
    }
    assertThat(count.refusal("c")).contains("4 handshakes are under way already");
  }

  @Test
  void allAddressesTogetherHaveSoManyConnections() {
    for (String address : List.of("a", "a", "a", "b", "b", "b")) {
      count.admit(address).established();
    }
    assertThat(count.refusal("c")).contains("6 connections are open already");
  }

  @Test
  void whatEndsTwiceIsCountedOnce() {
    var first = count.admit("a");
    var second = count.admit("a");
    first.established();
    first.established();
    first.closed();
    first.closed();
    first.established();
    assertThat(count.connections()).isEqualTo(1);
    second.closed();
    assertThat(count.connections()).isZero();
    assertThat(count.refusal("a")).isEmpty();
  }

  @Property
  void limitsHoldAndAllIsGivenBack(@ForAll Random random) {
    List<ConnectionCount<String>.Admitted> open = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String address = String.valueOf((char) ('a' + random.nextInt(4)));
      if (count.refusal(address).isEmpty()) {
        open.add(count.admit(address));
      }
      assertThat(count.connections()).isEqualTo(open.size()).isLessThanOrEqualTo(LIMITS.all());
      if (!open.isEmpty() && random.nextBoolean()) {
        open.get(random.nextInt(open.size())).established();
      }
      if (!open.isEmpty() && random.nextInt(3) == 0) {
        open.remove(random.nextInt(open.size())).closed();
      }
    }
    open.forEach(ConnectionCount.Admitted::closed);
    assertThat(count.connections()).isZero();
    List.of("a", "b", "c", "d").forEach(one -> assertThat(count.refusal(one)).isEmpty());
  }

  @Test
  void refusesLimitsThatLetNobodyIn() {
    assertThatIllegalArgumentException().isThrownBy(() -> limits(6, 3, 4, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> limits(2, 3, 2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> limits(6, 3, 7, 1));
  }

  /** They are closed at once, so none is open: each has cost its handshake all the same. */
  @Test
  void oneAddressBeginsSoManyHandshakesInASecondAndLeavesSomeToOthers() {
    var slow =
        new ConnectionCount<String>(
            new ConnectionLimits(6, 3, 4, 2, new Rate(3, 6), new Rate(2, 4)), () -> now);
    assertThat(begin(slow, "a")).isEqualTo(4);
    assertThat(slow.refusal("a")).contains("begins more than 2 handshakes a second");
    assertThat(begin(slow, "b")).isEqualTo(2);
    assertThat(slow.refusal("c")).contains("more than 3 handshakes begin in a second");
    now = now.plusSeconds(1);
    assertThat(begin(slow, "a")).isEqualTo(2);
    assertThat(begin(slow, "c")).isEqualTo(1);
  }

  /** Begins and closes until it is refused; how often. */
  private static int begin(ConnectionCount<String> count, String address) {
    int begun = 0;
    while (count.refusal(address).isEmpty()) {
      count.admit(address).closed();
      begun++;
    }
    return begun;
  }

  private static ConnectionLimits limits(int all, int ofOne, int handshakes, int handshakesOfOne) {
    return new ConnectionLimits(all, ofOne, handshakes, handshakesOfOne, FAST, FAST);
  }
}
