package dev.qudag.consensus.snowball.stake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class HypergeometricTest {
  @Property
  void isWhatCountingGives(
      @ForAll @IntRange(max = 400) int marked,
      @ForAll @IntRange(max = 400) int unmarked,
      @ForAll @IntRange(max = 256) int size,
      @ForAll @IntRange(max = 257) int count) {
    int drawn = Math.min(size, marked + unmarked);
    Hypergeometric sample = new Hypergeometric(marked + unmarked, marked, drawn);
    double exact = counted(marked, unmarked, drawn, count);
    if (exact < 1e-300) {
      assertThat(sample.atLeast(count)).isLessThan(1e-299);
    } else {
      assertThat(sample.atLeast(count)).isCloseTo(exact, withinPercentage(1e-9));
    }
    assertThat(sample.atLeast(count) + sample.below(count)).isCloseTo(1, within(1e-10));
  }

  private static double counted(int marked, int unmarked, int drawn, int count) {
    BigInteger ways = BigInteger.ZERO;
    for (int some = count; some <= Math.min(drawn, marked); some++) {
      ways = ways.add(choose(marked, some).multiply(choose(unmarked, drawn - some)));
    }
    return new BigDecimal(ways)
        .divide(new BigDecimal(choose(marked + unmarked, drawn)), MathContext.DECIMAL128)
        .doubleValue();
  }

  private static BigInteger choose(int of, int chosen) {
    if (chosen < 0 || chosen > of) {
      return BigInteger.ZERO;
    }
    BigInteger ways = BigInteger.ONE;
    for (int i = 1; i <= chosen; i++) {
      ways = ways.multiply(BigInteger.valueOf(of - chosen + i)).divide(BigInteger.valueOf(i));
    }
    return ways;
  }

  @Example
  void aPollOfThirtyOneWithTenSilentSeldomSucceeds() {
    assertThat(new Hypergeometric(30, 20, 20).atLeast(15)).isCloseTo(0.169, within(0.0005));
  }

  /** 2⁶⁰ units: the sample may as well be drawn with replacement, which is a fair coin. */
  @Example
  void isExactForAsMuchStakeAsThereCanBe() {
    Hypergeometric coin = new Hypergeometric(1L << 60, 1L << 59, 20);
    assertThat(coin.atLeast(20)).isCloseTo(0x1p-20, withinPercentage(1e-9));
    assertThat(coin.atLeast(10) - coin.below(11)).isCloseTo(0, within(1e-12));
  }

  @Example
  void aTailFarBelowWhatADoubleHoldsHasALogarithm() {
    double log = new Hypergeometric(1L << 60, 1L << 40, 256).logAtLeast(86);
    assertThat(log).isBetween(-1100.0, -1000.0);
  }

  @Example
  void whatCannotBeHasProbabilityZero() {
    Hypergeometric sample = new Hypergeometric(10, 3, 5);
    assertThat(sample.atLeast(4)).isZero();
    assertThat(sample.below(0)).isZero();
    assertThat(new Hypergeometric(10, 8, 5).below(3)).isZero();
  }

  @Example
  void refusesMoreThanThereIs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Hypergeometric(10, 11, 5))
        .withMessageContaining("11 marked out of 10");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Hypergeometric(10, 5, 11))
        .withMessageContaining("sample of 11");
  }
}
