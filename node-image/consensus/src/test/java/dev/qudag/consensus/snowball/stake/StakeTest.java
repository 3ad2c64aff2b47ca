package dev.qudag.consensus.snowball.stake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class StakeTest {
  @Property
  void drawsSoManyUnitsOfOthersAndNoUnitTwice(
      @ForAll @Size(min = 2, max = 40) List<@LongRange(min = 1, max = 9) Long> weights,
      @ForAll @IntRange(max = 39) int member,
      @ForAll @IntRange(max = 20) int size,
      @ForAll long seed) {
    Stake stake = Stake.of(weights);
    int self = member % weights.size();
    int seats = (int) Math.min(size, stake.others(self));
    Seats sample = stake.drawOthers(self, seats, new Random(seed));
    assertThat(sample.total()).isEqualTo(seats);
    assertThat(sample.byMember()).doesNotContainKey(self);
    sample
        .byMember()
        .forEach((drawn, held) -> assertThat((long) held).isBetween(1L, stake.weight(drawn)));
  }

  @Property
  void whoDrawsEverythingGetsEverything(
      @ForAll @Size(min = 2, max = 40) List<@LongRange(min = 1, max = 9) Long> weights,
      @ForAll long seed) {
    Stake stake = Stake.of(weights);
    Seats all = stake.draw((int) stake.total(), new Random(seed));
    assertThat(all.byMember().values()).map(Integer::longValue).containsExactlyElementsOf(weights);
    Seats others = stake.drawOthers(1, (int) stake.others(1), new Random(seed));
    assertThat(others.byMember().keySet()).hasSize(weights.size() - 1).doesNotContain(1);
  }

  @Property
  void theSameSourceGivesTheSameSample(@ForAll long seed) {
    Stake stake = Stake.ofEqualWeight(1000);
    assertThat(stake.draw(20, new Random(seed))).isEqualTo(stake.draw(20, new Random(seed)));
  }

  /** The means of 20,000 samples, five standard errors wide: a member's seats follow its units. */
  @Example
  void aMemberIsDrawnAsOftenAsItsUnitsAre() {
    Stake stake = Stake.of(List.of(1L, 2L, 30L, 4L, 3L));
    int samples = 20_000;
    long[] seats = new long[stake.size()];
    Random random = new Random(5);
    for (int i = 0; i < samples; i++) {
      stake.drawOthers(2, 3, random).byMember().forEach((member, held) -> seats[member] += held);
    }
    for (int member : List.of(0, 1, 3, 4)) {
      double share = stake.weight(member) / 10.0;
      double variance = 3 * share * (1 - share) * (10 - 3) / (10.0 - 1);
      assertThat((double) seats[member] / samples)
          .as("mean seats of member %d", member)
          .isCloseTo(3 * share, within(5 * Math.sqrt(variance / samples)));
    }
    assertThat(seats[2]).isZero();
  }

  /** Every pair of five units, equally often: five standard errors wide. */
  @Example
  void everySetOfUnitsIsEquallyLikely() {
    int samples = 20_000;
    int[] pairs = new int[32];
    Random random = new Random(11);
    for (int i = 0; i < samples; i++) {
      pairs[DistinctUnits.draw(5, 2, random).stream().mapToInt(unit -> 1 << unit).sum()]++;
    }
    for (int pair = 0; pair < pairs.length; pair++) {
      double share = Integer.bitCount(pair) == 2 ? 0.1 : 0;
      assertThat((double) pairs[pair] / samples)
          .as("units %s", Integer.toBinaryString(pair))
          .isCloseTo(share, within(5 * Math.sqrt(share * (1 - share) / samples)));
    }
  }

  @Example
  void drawsFairlyWhereTheBoundIsNoDivisorOfTheSource() {
    long bound = Long.MAX_VALUE / 3 * 2;
    Random random = new Random(3);
    int upper = 0;
    for (int i = 0; i < 3000; i++) {
      upper += DistinctUnits.draw(bound, 1, random).first() >= bound / 2 ? 1 : 0;
    }
    assertThat(upper).isBetween(1500 - 137, 1500 + 137);
  }

  @Example
  void refusesASampleLargerThanTheStake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Stake.ofEqualWeight(20).drawOthers(0, 20, new Random(1)))
        .withMessage("20 seats cannot be drawn from 19 units");
  }

  @Example
  void refusesWhatIsNoStake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Stake.of(List.of()))
        .withMessageContaining("0 members");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Stake.of(List.of(1L, 0L)))
        .withMessageContaining("member 1 weighs 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Stake.of(List.of(1L, Long.MAX_VALUE)))
        .withMessageContaining("member 1 weighs " + Long.MAX_VALUE);
    assertThat(Stake.of(List.of(1L, Long.MAX_VALUE - 1)).total()).isEqualTo(Long.MAX_VALUE);
  }

  @Example
  void knowsWhatIsWhose() {
    Stake stake = Stake.of(List.of(3L, 1L, 6L));
    assertThat(stake.total()).isEqualTo(10);
    assertThat(stake.heaviest()).isEqualTo(6);
    assertThat(List.of(stake.weight(0), stake.weight(1), stake.weight(2)))
        .containsExactly(3L, 1L, 6L);
    assertThat(stake.others(1)).isEqualTo(9);
  }
}
