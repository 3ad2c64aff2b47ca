package dev.qudag.consensus.snowball;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.qudag.consensus.snowball.stake.Stake;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SnowballParametersTest {
  private static double expected(long members, long silent) {
    return SnowballParameters.standard(silent).expectedPolls(members - 1);
  }

  /** The rules in one line, against the constructor. */
  @Property(tries = 5000)
  void areTakenExactlyWhenTheyKeepTheRules(
      @ForAll @IntRange(min = -2, max = 9) int k,
      @ForAll @IntRange(min = -2, max = 9) int preference,
      @ForAll @IntRange(min = -2, max = 9) int confidence,
      @ForAll @IntRange(min = -2, max = 5) int beta,
      @ForAll @IntRange(min = -2, max = 5) int repolls,
      @ForAll @IntRange(min = -1, max = 1) int faults) {
    boolean legal =
        k / 2.0 < preference
            && preference <= confidence
            && confidence <= k
            && 0 < repolls
            && repolls <= beta
            && faults >= 0;
    assertThat(isTaken(k, preference, confidence, beta, repolls, faults)).isEqualTo(legal);
  }

  private static boolean isTaken(
      int k, int preference, int confidence, int beta, int repolls, int faults) {
    try {
      return new SnowballParameters(k, preference, confidence, beta, repolls, faults).k() == k;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  @Example
  void sayWhichNumberIsWrongAndWhatTheRuleIs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SnowballParameters(20, 10, 15, 20, 4, 0))
        .withMessage("alphaPreference is 10, expected more than k/2 with k = 20");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SnowballParameters(20, 15, 11, 20, 4, 0))
        .withMessage(
            "alphaConfidence is 11, expected at least alphaPreference = 15 and at most k = 20");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SnowballParameters(20, 11, 21, 20, 4, 0))
        .withMessage(
            "alphaConfidence is 21, expected at least alphaPreference = 11 and at most k = 20");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SnowballParameters(20, 11, 15, 20, 21, 0))
        .withMessage("concurrentRepolls is 21, expected at least 1 and at most beta = 20");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SnowballParameters(20, 11, 15, 20, 4, -1))
        .withMessage("declaredFaults is -1, expected at least 0");
  }

  /** Figures of an independent computation with exact fractions. */
  @Example
  void expectAsManyPollsAsTheFormulaSays() {
    assertThat(expected(1000, 0)).isEqualTo(20);
    assertThat(expected(1000, 100)).isCloseTo(22.381950339859195, withinPercentage(1e-9));
    assertThat(expected(1000, 150)).isCloseTo(43.977575024789864, withinPercentage(1e-9));
    assertThat(expected(1000, 200)).isCloseTo(383.35856088305235, withinPercentage(1e-9));
    assertThat(expected(1000, 333)).isCloseTo(56934658229.071396, withinPercentage(1e-9));
    assertThat(expected(31, 10)).isCloseTo(3431948182251858.5, withinPercentage(1e-9));
  }

  /** (1 − p^β) / ((1 − p)·p^β) with 60 digits, for a sample of one: p is the honest share. */
  @Property
  void theFormulaIsStableFromOneToZero(@ForAll @IntRange(max = 999_999) int silent) {
    SnowballParameters rules = new SnowballParameters(1, 1, 1, 20, 1, silent);
    MathContext digits = new MathContext(60);
    BigDecimal failure = new BigDecimal(silent).movePointLeft(6);
    BigDecimal run = BigDecimal.ONE.subtract(failure).pow(20, digits);
    double exact =
        silent == 0
            ? 20
            : BigDecimal.ONE.subtract(run).divide(failure.multiply(run), digits).doubleValue();
    assertThat(rules.expectedPolls(1_000_000)).isCloseTo(exact, withinPercentage(1e-6));
  }

  @Example
  void noPollSucceedsWhereTooFewAnswer() {
    assertThat(expected(31, 16)).isInfinite();
  }

  @Example
  void refuseASetWithoutLivenessAndSayHowManyPollsItWouldTake() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SnowballParameters.standard(200).requireLiveness(Stake.ofEqualWeight(1000)))
        .withMessage(
            "no liveness: with 200 of 1000 units faulty a member needs 383 polls to accept,"
                + " expected at most 5·beta = 100");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SnowballParameters.standard(10).requireLiveness(Stake.ofEqualWeight(31)))
        .withMessageMatching(".* needs \\d\\.\\d\\de\\+15 polls .*");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SnowballParameters.standard(16).requireLiveness(Stake.ofEqualWeight(31)))
        .withMessageContaining("needs Infinity polls");
  }

  @Example
  void refuseMoreThanATenthOfFaults() {
    SnowballParameters.standard(100).requireLiveness(Stake.ofEqualWeight(1000));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SnowballParameters.standard(101).requireLiveness(Stake.ofEqualWeight(1000)))
        .withMessage("declaredFaults is 101, expected at most one in 10 of 1000 units");
  }

  @Example
  void refuseASampleThatCannotBeDrawn() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SnowballParameters.standard(0).requireLiveness(Stake.ofEqualWeight(20)))
        .withMessage(
            "k is 20 and declaredFaults 0, expected no more than the 19 units that others hold");
    SnowballParameters.standard(0).requireLiveness(Stake.ofEqualWeight(21));
  }

  /** The heaviest member meets the faulty ones most often, since it does not ask itself. */
  @Example
  void areJudgedByTheMemberThatSamplesFromTheFewest() {
    Stake even = Stake.ofEqualWeight(1000);
    Stake uneven = Stake.of(List.of(500L, 450L, 50L));
    SnowballParameters rules = SnowballParameters.standard(100);
    rules.requireLiveness(even);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rules.requireLiveness(uneven))
        .withMessageContaining("no liveness: with 100 of 1000 units");
  }
}
