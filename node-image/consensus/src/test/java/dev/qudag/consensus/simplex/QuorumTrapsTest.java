package dev.qudag.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aSetThatOnlyLooksFaultTolerantIsRefused(int members) {
    assertThatThrownBy(() -> TestingKeys.set(members)).hasMessageContaining(members + " members");
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
    Tally tally = new Tally();
    ValidatorSet set = TestingKeys.set(4);
    BlockHeader first = TestingBlocks.child(GENESIS, 1, TestingPayloads.item(1));
    BlockHeader second = TestingBlocks.child(GENESIS, 1, TestingPayloads.item(2));
    tally.add(TestingKeys.vote(Ballot.notarize(first), 0), set);
    for (int signer : List.of(0, 1, 2)) {
      assertThat(tally.add(TestingKeys.vote(Ballot.notarize(second), signer), set)).isEmpty();
    }
    assertThat(tally.add(TestingKeys.vote(Ballot.notarize(second), 3), set)).isPresent();
  }

  @Test
  void replayedVotesDoNotAddUp() {
    Tally tally = new Tally();
    ValidatorSet set = TestingKeys.set(4);
    Vote vote = TestingKeys.vote(nullify(3), 0);
    for (int i = 0; i < 5; i++) {
      assertThat(tally.add(vote, set)).isEmpty();
    }
    assertThat(tally.add(TestingKeys.vote(nullify(3), 1), set)).isEmpty();
    assertThat(tally.add(TestingKeys.vote(nullify(3), 2), set)).isPresent();
  }

  private static Ballot nullify(long view) {
    return Ballot.nullify(CHAIN, 0, view);
  }
}
