package dev.qudag.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.consensus.simplex.view.Round;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The traps that others fell into, each by its name: what is a quorum, and who is in it. */
class QuorumTrapsTest {
  private static final Digest CHAIN = Digest.sha256(new byte[] {7});
  private static final BlockHeader GENESIS = BlockHeader.genesis(CHAIN, 0);

  @Test
  void quorumIsNotTwoFPlusOneWhenMembersAreNotThreeFPlusOne() {
    Map.of(1, 1L, 4, 3L, 5, 4L, 6, 5L, 7, 5L, 13, 9L, 31, 21L, 100, 67L)
        .forEach(
            (members, quorum) ->
                assertThat(TestingKeys.set(members).quorum())
                    .as("n = %d", members)
                    .isEqualTo(quorum));
  }

  @Test
  void aSetThatOnlyLooksFaultTolerantIsRefused() {
    assertThatThrownBy(() -> TestingKeys.set(2)).hasMessageContaining("2 members");
  }

  /** What evidence leaves of four: it tolerates no fault, and needs all three. */
  @Test
  void aSetOfThreeNeedsAllThree() {
    assertThat(TestingKeys.set(3).quorum()).isEqualTo(3);
  }

  /** Who has more weight counts for more; how many they are does not matter. */
  @Test
  void quorumIsOfWeight() {
    ValidatorSet set = weighted(3, 2, 2, 2, 1);
    assertThat(set.quorum()).isEqualTo(7);
    assertThat(set.isQuorum(List.of(0, 1, 2))).isTrue();
    assertThat(set.isQuorum(List.of(1, 2, 3))).isFalse();
    assertThat(set.isQuorum(List.of(1, 2, 3, 4))).isTrue();
    assertThat(TestingBlocks.certificate(nullify(3), 0, 1, 2).isValid(set)).isTrue();
    assertThat(TestingBlocks.certificate(nullify(3), 1, 2, 3).isValid(set)).isFalse();
  }

  @Test
  void eachLeadsAsOftenAsItWeighs() {
    ValidatorSet set = weighted(3, 2, 2, 2, 1);
    assertThat(LongStream.range(0, 10).mapToObj(set::leader))
        .containsExactly(0, 0, 0, 1, 1, 2, 2, 3, 3, 4);
    assertThat(set.leader(10)).isZero();
  }

  private static ValidatorSet weighted(int... weights) {
    List<ValidatorSet.Member> members = new ArrayList<>();
    for (int weight : weights) {
      members.add(
          new ValidatorSet.Member(
              TestingKeys.set(5).members().get(members.size()).check(), weight));
    }
    return new ValidatorSet(members);
  }

  @Test
  void certificateWithTooFewSignersIsInvalid() {
    assertThat(TestingBlocks.certificate(nullify(3), 0, 1).isValid(TestingKeys.set(4))).isFalse();
    assertThat(TestingBlocks.certificate(nullify(3), 0, 1, 2).isValid(TestingKeys.set(4))).isTrue();
  }

  @Test
  void certificateWithUnknownSignerIsInvalid() {
    assertThat(TestingBlocks.certificate(nullify(3), 0, 1, 2, 9).isValid(TestingKeys.set(4)))
        .isFalse();
  }

  @Test
  void certificateWithOneBadSignatureIsInvalid() {
    Ballot ballot = nullify(3);
    Vote forged = new Vote(ballot, 2, TestingKeys.sign(3, ballot.encode()));
    Certificate certificate =
        Certificate.of(
            ballot, List.of(TestingKeys.vote(ballot, 0), TestingKeys.vote(ballot, 1), forged));
    assertThat(certificate.isValid(TestingKeys.set(4))).isFalse();
  }

  @Test
  void certificateWithMoreSignaturesThanSignersIsRefused() {
    Bytes signature = TestingKeys.sign(0, nullify(3).encode());
    assertThatThrownBy(
            () -> new Certificate(nullify(3), Bytes.of((byte) 1), List.of(signature, signature)))
        .hasMessageContaining("2 signatures by 1 signers");
  }

  @Test
  void certificateWithDuplicateSignerIsRefused() {
    Vote vote = TestingKeys.vote(nullify(3), 0);
    assertThatThrownBy(() -> Certificate.of(nullify(3), List.of(vote, vote, vote)))
        .hasMessageContaining("3 signatures by 1 signers");
  }

  @Test
  void signerThatVotesForTwoBlocksCountsForTheFirst() {
    Round round = new Round();
    ValidatorSet set = TestingKeys.set(4);
    BlockHeader first = TestingBlocks.child(GENESIS, 1, TestingPayloads.item(1));
    BlockHeader second = TestingBlocks.child(GENESIS, 1, TestingPayloads.item(2));
    round.count(TestingKeys.vote(Ballot.notarize(first), 0), set);
    for (int signer : List.of(0, 1, 2)) {
      assertThat(round.count(TestingKeys.vote(Ballot.notarize(second), signer), set)).isEmpty();
    }
    assertThat(round.count(TestingKeys.vote(Ballot.notarize(second), 3), set)).isPresent();
  }

  @Test
  void replayedVotesDoNotAddUp() {
    Round round = new Round();
    ValidatorSet set = TestingKeys.set(4);
    Vote vote = TestingKeys.vote(nullify(3), 0);
    for (int i = 0; i < 5; i++) {
      assertThat(round.count(vote, set)).isEmpty();
    }
    assertThat(round.count(TestingKeys.vote(nullify(3), 1), set)).isEmpty();
    assertThat(round.count(TestingKeys.vote(nullify(3), 2), set)).isPresent();
  }

  private static Ballot nullify(long view) {
    return Ballot.nullify(CHAIN, 0, view);
  }
}
