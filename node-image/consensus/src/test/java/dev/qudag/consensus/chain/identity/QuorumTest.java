package dev.qudag.consensus.chain.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class QuorumTest {
  /** The known trap: 2f+1 is too few whenever n is not 3f+1. */
  @Example
  void isNotTwoFPlusOneWhenNIsNotThreeFPlusOne() {
    assertThat(Quorum.of(5)).isEqualTo(4);
    assertThat(Quorum.of(6)).isEqualTo(5);
    assertThat(Quorum.of(100)).isEqualTo(67);
  }

  @Example
  void isAsTheDesignSays() {
    assertThat(List.of(1L, 4L, 7L, 13L, 31L))
        .extracting(Quorum::of)
        .containsExactly(1L, 3L, 5L, 9L, 21L);
  }

  @Property
  void isTheSmallestWithThreeTimesItMoreThanTwiceTheTotal(
      @ForAll @LongRange(min = 1, max = 1L << 60) long total) {
    long quorum = Quorum.of(total);
    assertThat(3 * quorum).isGreaterThan(2 * total);
    assertThat(3 * (quorum - 1)).isLessThanOrEqualTo(2 * total);
  }

  @Example
  void anEmptySetHasNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> Quorum.of(0));
  }
}
