package dev.qudag.consensus.snowball.committee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.qudag.consensus.snowball.stake.Stake;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitteeTest {
  private static final Digest SEED = seed(1);

  private static Digest seed(int number) {
    return Digest.sha256(CanonicalWriter.untagged().int32(number).toByteArray());
  }

  private static NavigableMap<Integer, Integer> drawn(Digest seed, Stake stake) {
    return Committee.draw(seed, stake).byMember();
  }

  @Test
  void everybodyOfASmallSetIsInIt() {
    assertThat(drawn(SEED, Stake.ofEqualWeight(101)).keySet())
        .containsExactlyElementsOf(IntStream.range(0, 101).boxed().toList());
    assertThat(drawn(SEED, Stake.ofEqualWeight(256))).hasSize(256);
  }

  @Test
  void aLargeSetHas256OfEqualWeight() {
    assertThat(drawn(SEED, Stake.ofEqualWeight(257))).hasSize(256);
    NavigableMap<Integer, Integer> seats = drawn(SEED, Stake.ofEqualWeight(10_000));
    assertThat(seats).hasSize(256);
    assertThat(seats.values()).containsOnly(1);
  }

  /**
   * Drawn by another program after docs/reference/encodings.md: who drew another committee would
   * take honest certificates for forged ones.
   */
  @ParameterizedTest
  @CsvSource({
    "101, f4760451ee8348c9ecd93655b0b931df599212cf65f0066a2e8e9d5e21521565",
    "1000, 762e81c08923617a60723e80d8f1d0bdc87912f3f3ac46858852424271bfc42f",
    "10000, 2c2454c01c046b40fa2f19048c32f6dd311d6cff0644d8c6013aeb874437ea29"
  })
  void everyProgramDrawsTheSameCommitteeForEver(int members, String digest) {
    assertThat(digest(drawn(SEED, Stake.ofEqualWeight(members)))).isEqualTo(Digest.ofHex(digest));
  }

  /** By the same program: ten members of 150 weigh 1000, the others 100. */
  @Test
  void everyProgramDrawsTheSameSeatsOfUnequalStake() {
    List<Long> weights = IntStream.range(0, 150).mapToObj(i -> i < 10 ? 1000L : 100L).toList();
    NavigableMap<Integer, Integer> seats = drawn(SEED, Stake.of(weights));
    assertThat(seats).hasSize(102);
    assertThat(digest(seats))
        .isEqualTo(
            Digest.ofHex("c0516f38317e5eeee073457dbf37967b7ba0068c8088ab712dc1d4de118cd2d4"));
  }

  @Test
  void hasASeatForEveryUnitOfASetThatHasFewer() {
    Stake stake = Stake.of(List.of(3L, 1L, 200L));
    assertThat(drawn(SEED, stake)).isEqualTo(Map.of(0, 3, 1, 1, 2, 200));
  }

  /** Over the index and the seats of each member that has any. */
  private static Digest digest(NavigableMap<Integer, Integer> seats) {
    CanonicalWriter out = CanonicalWriter.untagged();
    seats.forEach((member, held) -> out.int32(member).int32(held));
    return Digest.sha256(out.toByteArray());
  }

  @Test
  void anotherSeedGivesAnotherCommittee() {
    Stake stake = Stake.ofEqualWeight(1000);
    Set<NavigableMap<Integer, Integer>> committees = new HashSet<>();
    for (int number = 0; number < 50; number++) {
      committees.add(drawn(seed(number), stake));
    }
    assertThat(committees).hasSize(50);
  }

  /**
   * The mean of 400 draws, five standard errors wide; a tenth of the members has half the stake.
   */
  @Test
  void seatsFollowStake() {
    List<Long> weights = new ArrayList<>();
    for (int member = 0; member < 1000; member++) {
      weights.add(member < 100 ? 9L : 1L);
    }
    Stake stake = Stake.of(weights);
    int draws = 400;
    long heavy = 0;
    for (int number = 0; number < draws; number++) {
      heavy +=
          drawn(seed(number), stake).headMap(100).values().stream()
              .mapToInt(Integer::intValue)
              .sum();
    }
    double variance = 256 * 0.25 * (1800 - 256) / (1800 - 1);
    assertThat((double) heavy / draws).isCloseTo(128, within(5 * Math.sqrt(variance / draws)));
  }
}
