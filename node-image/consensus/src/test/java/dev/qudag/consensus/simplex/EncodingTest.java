package dev.qudag.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.consensus.simplex.message.Progress;
import dev.qudag.consensus.simplex.message.Proposal;
import dev.qudag.consensus.simplex.message.SignRecord;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.consensus.simplex.message.Wanted;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EncodingTest {
  private static final Digest CHAIN = Digest.sha256(new byte[] {7});
  private static final Block BLOCK =
      new Block(
          new BlockHeader(
              CHAIN, 2, 5, 9, Digest.sha256(new byte[] {1}), Digest.sha256(new byte[] {2}), 3),
          TestingPayloads.payload(List.of(1, 2, 3)));
  private static final Certificate PARENT = certificate(Ballot.notarize(BLOCK.header()));
  private static final Certificate SKIP = certificate(Ballot.nullify(CHAIN, 2, 8));

  static Stream<Message> messages() {
    Vote vote = TestingKeys.vote(Ballot.notarize(BLOCK.header()), 1);
    return Stream.of(
        vote,
        SKIP,
        new Proposal(BLOCK, vote, Optional.of(PARENT), List.of(SKIP, SKIP)),
        new Proposal(BLOCK, vote, Optional.empty(), List.of()),
        new Wanted(List.of(BLOCK.digest()), List.of(4L, 5L)),
        new Progress(9, 4, true));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void messageIsReadBackAsWritten(Message message) {
    assertThat(Message.ofBytes(message.toBytes())).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void tornOrPaddedMessageIsRefused(Message message) {
    byte[] bytes = message.toBytes();
    for (int length = 0; length < bytes.length; length += 7) {
      byte[] torn = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Message.ofBytes(torn))
          .isInstanceOf(MalformedEncodingException.class);
    }
    assertThatThrownBy(() -> Message.ofBytes(Arrays.copyOf(bytes, bytes.length + 1)))
        .isInstanceOf(MalformedEncodingException.class);
  }

  @Test
  void signRecordsAndFinalityAreReadBackAsWritten() {
    Vote vote = TestingKeys.vote(Ballot.notarize(BLOCK.header()), 1);
    for (SignRecord entry :
        List.of(
            new SignRecord.Voted(vote),
            new SignRecord.Held(new Proposal(BLOCK, vote, Optional.of(PARENT), List.of(SKIP))),
            new SignRecord.Passed(SKIP))) {
      assertThat(SignRecord.decode(entry.encode())).isEqualTo(entry);
    }
    Finality finality =
        new Finality(certificate(Ballot.finalize(BLOCK.header())), List.of(BLOCK.header()));
    assertThat(Finality.decode(finality.encode())).isEqualTo(finality);
    assertThat(Block.decode(BLOCK.encode())).isEqualTo(BLOCK);
  }

  @Test
  void kindsOfBallotsHaveDifferentBytes() {
    Ballot notarize = Ballot.notarize(BLOCK.header());
    assertThat(notarize.encode()).isNotEqualTo(notarize.asFinalize().encode());
    assertThatThrownBy(() -> new Ballot(BallotKind.NULLIFY, CHAIN, 0, 1, BLOCK.digest()))
        .hasMessageContaining("only NULLIFY names no block");
  }

  @Test
  void finalityOfAnAncestorNeedsAnUnbrokenChainOfHeaders() {
    BlockHeader child = new BlockHeader(CHAIN, 2, 6, 11, BLOCK.digest(), Digest.ZERO, 0);
    BlockHeader stranger = new BlockHeader(CHAIN, 2, 6, 11, CHAIN, Digest.ZERO, 0);
    ValidatorSet set = TestingKeys.set(4);
    assertThat(finality(child, BLOCK.header()).isValid(set)).isTrue();
    assertThat(finality(stranger, BLOCK.header()).isValid(set)).isFalse();
    assertThat(
            new Finality(certificate(Ballot.finalize(child)), List.of(BLOCK.header())).isValid(set))
        .isFalse();
  }

  private static Finality finality(BlockHeader certified, BlockHeader subject) {
    return new Finality(certificate(Ballot.finalize(certified)), List.of(certified, subject));
  }

  private static Certificate certificate(Ballot ballot) {
    return Certificate.of(
        ballot, Stream.of(0, 1, 3).map(signer -> TestingKeys.vote(ballot, signer)).toList());
  }
}
