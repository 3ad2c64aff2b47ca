package dev.qudag.transport.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final Outbox<String> outbox = new Outbox<>(3, 10);

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
  void refusesMoreBytesThanItsSize() {
    assertThat(outbox.offer("a", 6)).isTrue();
    assertThat(outbox.offer("b", 5)).isFalse();
    assertThat(outbox.offer("c", 4)).isTrue();
  }

  @Test
  void takesOneLargeMessageAlone() {
    assertThat(outbox.offer("large", 1000)).isTrue();
    assertThat(outbox.offer("b", 1)).isFalse();
    assertThat(outbox.poll()).contains("large");
    assertThat(outbox.offer("b", 1)).isTrue();
  }

  @Test
  void isEmptyAfterItWasCleared() {
    assertThat(outbox.offer("a", 10)).isTrue();
    outbox.clear();
    assertThat(outbox.isEmpty()).isTrue();
    assertThat(outbox.offer("b", 10)).isTrue();
  }

  @Property
  void neverHoldsMoreThanItsBytesUnlessItIsOneMessage(
      @ForAll List<@IntRange(min = 1, max = 100) Integer> sizes) {
    Outbox<Integer> bounded = new Outbox<>(1000, 150);
    long held = 0;
    int count = 0;
    for (int size : sizes) {
      if (bounded.offer(size, size)) {
        held += size;
        count++;
      }
    }
    assertThat(held <= 150 || count == 1).isTrue();
  }

  @Test
  void refusesToBeOfNoUse() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Outbox<String>(0, 1));
  }
}
