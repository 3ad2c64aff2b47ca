package dev.qudag.consensus.snowball;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AcceptanceBoundTest {
  /** A fair coin falls heads 15 times of 20 or more in 21,700 cases out of 2²⁰. */
  @Test
  void isTheChanceOfOneRunAgainstHalfTheStake() {
    double log2 = AcceptanceBound.log2(SnowballParameters.standard(0), 1L << 60, 20);
    assertThat(log2).isCloseTo(20 * Math.log(21_700 / 0x1p20) / Math.log(2), within(1e-6));
  }

  @Test
  void growsByOneRunWithEachPoll() {
    SnowballParameters rules = SnowballParameters.standard(100);
    double one = AcceptanceBound.log2(rules, 999, 20);
    assertThat(AcceptanceBound.log2(rules, 999, 21) - one).isCloseTo(1, within(1e-9));
    assertThat(AcceptanceBound.log2(rules, 999, 83) - one).isCloseTo(6, within(1e-9));
  }

  @Test
  void isWeakerWhenMoreStakeMayLie() {
    double none = AcceptanceBound.log2(SnowballParameters.standard(0), 999, 20);
    double tenth = AcceptanceBound.log2(SnowballParameters.standard(100), 999, 20);
    assertThat(tenth).isGreaterThan(none + 20).isLessThan(-80);
  }

  @Test
  void isNeverMoreThanCertainty() {
    SnowballParameters weak = new SnowballParameters(1, 1, 1, 1, 1, 0);
    assertThat(AcceptanceBound.log2(weak, 10, 1000)).isZero();
  }

  @Test
  void refusesFewerPollsThanAnAcceptanceTakes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AcceptanceBound.log2(SnowballParameters.standard(0), 999, 19))
        .withMessage("accepted after 19 polls, expected at least beta = 20");
  }
}
