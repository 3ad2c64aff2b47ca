package dev.qudag.consensus.chain.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElectorateTest {
  private static final Digest SEED = digest("seed");

  private static Digest digest(String text) {
    return Digest.sha256(CanonicalWriter.untagged().text(text).toByteArray());
  }

  private static MemberSet set(int size) {
    return set(size, index -> 1);
  }

  private static MemberSet set(int size, IntUnaryOperator weight) {
    List<Member> members =
        IntStream.range(0, size)
            .mapToObj(
                index ->
                    new Member(
                        index,
                        "hello-v" + index,
                        VerifyingKey.of(
                            ByteBuffer.allocate(VerifyingKey.SIZE).putInt(index).array()),
                        digest("tls of " + index),
                        weight.applyAsInt(index)))
            .toList();
    return new MemberSet(3, members, size);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 100})
  void everybodyVotesInASetOfUpToAHundred(int size) {
    Electorate electorate = Electorate.of(set(size), SEED);
    assertThat(electorate).isEqualTo(new Electorate.Everybody(set(size)));
    assertThat(electorate.voters()).isEqualTo(set(size));
  }

  /** Of equal weight and no more than there are seats. */
  @ParameterizedTest
  @ValueSource(ints = {101, 256})
  void everybodyIsInTheCommitteeOfASetThatHasSeatsForAll(int size) {
    Electorate electorate = Electorate.of(set(size), SEED);
    assertThat(electorate).isInstanceOf(Electorate.Sortition.class);
    assertThat(electorate.voters()).isEqualTo(set(size));
  }

  @Test
  void aLargeSetElectsACommitteeOf256Seats() {
    MemberSet large = set(1000);
    MemberSet voters = Electorate.of(large, SEED).voters();
    assertThat(voters.members()).hasSize(256).isSubsetOf(large.members());
    assertThat(voters.epoch()).isEqualTo(3);
    assertThat(voters.nextIndex()).isEqualTo(1000);
    assertThat(voters.totalWeight()).isEqualTo(256);
    assertThat(voters.quorum()).isEqualTo(171);
  }

  /** Whoever weighs ten times as much has some ten times as many seats; 256 they are together. */
  @Test
  void aMemberVotesWithItsSeats() {
    MemberSet large = set(150, index -> index < 10 ? 10 : 1);
    MemberSet voters = Electorate.of(large, SEED).voters();
    assertThat(large.totalWeight()).isEqualTo(240);
    assertThat(voters).as("fewer units than seats: all are drawn").isEqualTo(large);

    MemberSet heavier = set(150, index -> index < 10 ? 1000 : 100);
    MemberSet drawn = Electorate.of(heavier, SEED).voters();
    assertThat(drawn.totalWeight()).isEqualTo(256);
    assertThat(drawn.members().subList(0, 10)).allMatch(member -> member.weight() > 1);
    assertThat(drawn.members()).hasSizeLessThan(150);
  }

  @Test
  void anotherSealDrawsAnotherCommittee() {
    Set<Digest> roots = new HashSet<>();
    for (int number = 0; number < 20; number++) {
      roots.add(Electorate.of(set(1000), digest("seal " + number)).voters().root());
    }
    assertThat(roots).hasSize(20);
  }

  @Test
  void nobodyVotesWhoWasNotDrawn() {
    MemberSet large = set(1000);
    MemberSet drawn = Electorate.of(large, SEED).voters();
    assertThat(new Electorate.Sortition(large, SEED, drawn)).isEqualTo(Electorate.of(large, SEED));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Electorate.Sortition(large, digest("another"), drawn))
        .withMessageContaining("256 of 1000 validators");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Electorate.Sortition(set(100), SEED, set(100)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Electorate.Everybody(set(101)))
        .withMessageContaining("at most 100");
  }

  @Test
  void nobodyInALargeSetWeighsMoreThanTheTenthThatMayBeBad() {
    assertThat(set(101).survivesAnyOne()).isTrue();
    assertThat(set(101, index -> index == 5 ? 11 : 1).survivesAnyOne()).as("11 of 111").isTrue();
    assertThat(set(101, index -> index == 5 ? 12 : 1).survivesAnyOne()).as("12 of 112").isFalse();
    assertThat(set(100, index -> index == 5 ? 12 : 1).survivesAnyOne()).as("of a hundred").isTrue();
  }

  @Test
  void aSetHasAThousandMembersAtMost() {
    assertThat(set(1000).members()).hasSize(1000);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> set(1001))
        .withMessageContaining("at most 1000 entries");
  }
}
