package dev.qudag.consensus.snowball.committee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.qudag.consensus.snowball.stake.Stake;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
    return Committee.draw(seed, stake).seats().byMember();
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
    "101, 3bb4072208e2a45d5704502611806e04bda4d11e987b0c1dbe5122678aa077ad",
    "1000, a68a8078cc618e0a0b5e969c64a2e0dc6d8893ff4294d5d79d1bd5f91cabaef9",
    "10000, 3a75c2e882eb97cd57647ece55b888e2a7cbaf4016af6a9446d79c7ae9e09f71"
  })
  void everyProgramDrawsTheSameCommitteeForEver(int members, String root) {
    assertThat(Committee.draw(SEED, Stake.ofEqualWeight(members)).root())
        .isEqualTo(Digest.ofHex(root));
  }

  @Test
  void anotherSeedGivesAnotherCommittee() {
    Stake stake = Stake.ofEqualWeight(1000);
    Set<Digest> roots = new HashSet<>();
    for (int number = 0; number < 50; number++) {
      roots.add(Committee.draw(seed(number), stake).root());
    }
    assertThat(roots).hasSize(50);
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

  @Test
  void everyMemberProvesItsSeatsAndItsPlace() {
    Committee committee = Committee.draw(SEED, Stake.ofEqualWeight(1000));
    int place = 0;
    for (int member : committee.seats().byMember().keySet()) {
      Membership proof = committee.membership(member).orElseThrow();
      assertThat(proof.isProvenBy(committee.root())).isTrue();
      assertThat(proof.path().index()).isEqualTo(place++);
    }
  }

  @Test
  void whoIsNotInItHasNoProof() {
    Committee committee = Committee.draw(SEED, Stake.ofEqualWeight(1000));
    assertThat(IntStream.range(0, 1000).filter(m -> committee.membership(m).isPresent()).count())
        .isEqualTo(256);
    assertThat(committee.membership(-1)).isEmpty();
    assertThat(committee.membership(1000)).isEmpty();
  }

  @Test
  void aProofIsGoodForItsMemberItsSeatsAndItsSeedAlone() {
    Committee committee = Committee.draw(SEED, Stake.ofEqualWeight(1000));
    Digest root = committee.root();
    int member = committee.seats().byMember().firstKey();
    Membership proof = committee.membership(member).orElseThrow();
    assertThat(new Membership(SEED, member + 1, 1, proof.path()).isProvenBy(root)).isFalse();
    assertThat(new Membership(SEED, member, 2, proof.path()).isProvenBy(root)).isFalse();
    assertThat(new Membership(seed(2), member, 1, proof.path()).isProvenBy(root)).isFalse();
    assertThat(proof.isProvenBy(Committee.draw(seed(2), Stake.ofEqualWeight(1000)).root()))
        .isFalse();
  }
}
