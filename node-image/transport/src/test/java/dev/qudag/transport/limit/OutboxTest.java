package dev.qudag.transport.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final Outboxes<String> all = new Outboxes<>(10);
  private final Outbox<String> outbox = all.open(3, () -> {});

  @Test
  void givesOutInTheOrderOfComing() {
    assertThat(outbox.offer("a", 1)).isTrue();
    assertThat(outbox.offer("b", 1)).isTrue();
    assertThat(outbox.poll()).contains("a");
    assertThat(outbox.poll()).contains("b");
    assertThat(outbox.poll()).isEmpty();
  }

  @Test
  void refusesMoreMessagesThanItsNumber() {
    assertThat(List.of(outbox.offer("a", 1), outbox.offer("b", 1), outbox.offer("c", 1)))
        .containsOnly(true);
    assertThat(outbox.offer("d", 1)).isFalse();
    assertThat(outbox.poll()).contains("a");
    assertThat(outbox.offer("d", 1)).isTrue();
  }

  @Test
  void refusesMoreBytesThanTheBudget() {
    assertThat(outbox.offer("a", 6)).isTrue();
    assertThat(outbox.offer("b", 5)).isFalse();
    assertThat(outbox.offer("c", 4)).isTrue();
    assertThat(all.bytes()).isEqualTo(10);
  }

  /** As when the set grows, and each has less. */
  @Test
  void anotherBudgetHoldsFromTheNextMessageOn() {
    assertThat(outbox.offer("a", 6)).isTrue();
    all.resize(7);
    assertThat(outbox.offer("b", 2)).isFalse();
    assertThat(outbox.offer("c", 1)).isTrue();
    all.resize(20);
    assertThat(outbox.offer("d", 10)).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> all.resize(0));
  }

  /** One peer that does not read must not hold more than all may. */
  @Test
  void refusesAMessageThatIsLargerThanTheBudgetThoughNothingWaits() {
    assertThat(outbox.offer("large", 11)).isFalse();
    assertThat(outbox.offer("b", 10)).isTrue();
  }

  @Test
  void isEmptyAfterItWasCleared() {
    assertThat(outbox.offer("a", 10)).isTrue();
    outbox.clear();
    assertThat(outbox.isEmpty()).isTrue();
    assertThat(outbox.offer("b", 10)).isTrue();
  }

  @Test
  void givesBackAllWhenItIsClosedAndTakesNothingMore() {
    assertThat(outbox.offer("a", 10)).isTrue();
    outbox.close();
    assertThat(all.bytes()).isZero();
    assertThat(outbox.offer("b", 1)).isFalse();
    assertThat(all.open(1, () -> {}).offer("c", 10)).isTrue();
  }

  @Test
  void refusesToBeOfNoUse() {
    assertThatIllegalArgumentException().isThrownBy(() -> all.open(0, () -> {}));
    assertThatIllegalArgumentException().isThrownBy(() -> new Outboxes<String>(0));
  }
}
