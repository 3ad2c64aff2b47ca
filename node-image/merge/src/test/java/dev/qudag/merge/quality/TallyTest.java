package dev.qudag.merge.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TallyTest {
  @Test
  void ofNoneWrongTheBoundIsTheRuleOfThree() {
    assertThat(new Tally(30, 30, 0).wrongUpper95Percent()).isCloseTo(9.50, within(0.01));
    assertThat(new Tally(300, 300, 0).wrongUpper95Percent()).isCloseTo(0.99, within(0.01));
  }

  @Test
  void ofSomeWrongTheBoundIsThatOfClopperAndPearson() {
    assertThat(new Tally(10, 8, 2).wrongUpper95Percent()).isCloseTo(50.69, within(0.01));
  }

  @Test
  void whereNothingWasMergedNothingIsKnown() {
    assertThat(Tally.none().wrongUpper95Percent()).isCloseTo(100, within(0.01));
    assertThat(new Tally(3, 0, 3).wrongUpper95Percent()).isCloseTo(100, within(0.01));
  }

  @Test
  void whatIsLeftToPeopleIsNeitherRightNorWrong() {
    var tally = Tally.none().left().merged(true).merged(false).plus(new Tally(1, 0, 0));

    assertThat(tally).isEqualTo(new Tally(4, 1, 1));
    assertThat(tally.resolvedPercent()).isEqualTo(50);
    assertThat(tally.wrongPercent()).isEqualTo(50);
  }
}
