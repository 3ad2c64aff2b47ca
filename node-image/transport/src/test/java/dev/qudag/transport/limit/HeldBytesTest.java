package dev.qudag.transport.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class HeldBytesTest {
  private final HeldBytes<String> held = new HeldBytes<>(10, 25);

  @Test
  void oneThatHoldsTooManyIsNamed() {
    assertThat(held.add("a", 10)).isEmpty();
    assertThat(held.add("a", 1)).contains("a");
  }

  @Test
  void whenAllHoldTooManyTheOneWithTheMostIsNamed() {
    assertThat(held.add("a", 8)).isEmpty();
    assertThat(held.add("b", 9)).isEmpty();
    assertThat(held.add("c", 8)).isEmpty();
    assertThat(held.add("c", 1)).hasValueSatisfying(who -> assertThat(who).isIn("b", "c"));
    assertThat(held.all()).isEqualTo(26);
  }

  @Test
  void whatIsHeldNoMoreIsNotCounted() {
    assertThat(held.add("a", 10)).isEmpty();
    held.remove("a", 4);
    assertThat(held.add("a", 4)).isEmpty();
    held.remove("a", 10);
    assertThat(held.of("a")).isZero();
    assertThat(held.all()).isZero();
  }

  @Test
  void refusesToHoldNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> new HeldBytes<String>(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new HeldBytes<String>(2, 1));
  }
}
