package dev.qudag.transport.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ConnectionCountTest {
  private static final ConnectionLimits LIMITS = new ConnectionLimits(6, 3, 4, 2);
  private final ConnectionCount<String> count = new ConnectionCount<>(LIMITS);

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
    assertThatIllegalArgumentException().isThrownBy(() -> new ConnectionLimits(6, 3, 4, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ConnectionLimits(2, 3, 2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ConnectionLimits(6, 3, 7, 1));
  }
}
