package dev.qudag.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.consensus.simplex.message.Proposal;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What one honest member of four, the third, makes of the proposals that a leader must not make.
 */
class HostileLeaderTest {
  private static final int FIRST_LEADER = 1;
  private static final int SECOND_LEADER = 2;
  private static final Bytes PAYLOAD = TestingPayloads.payload(List.of(7));

  private final BlockHeader genesis = BlockHeader.genesis(Digest.sha256(new byte[] {7}), 0);
  private final SimulatedMember member = new SimulatedMember(3, TestingKeys.set(4), genesis);
  private final BlockHeader good = TestingBlocks.child(genesis, 1, PAYLOAD);

  @BeforeEach
  void start() {
    member.start();
  }

  @Test
  void aRightProposalIsNotarized() {
    assertThat(ballots(proposal(good, PAYLOAD, FIRST_LEADER)))
        .containsExactly(Ballot.notarize(good));
  }

  @Test
  void aBlockAtTheWrongHeightIsRefused() {
    for (long height : new long[] {0, 2, Long.MAX_VALUE}) {
      start();
      BlockHeader wrong =
          new BlockHeader(
              good.chainId(), 0, height, 1, good.parentDigest(), good.payloadDigest(), 1);
      assertThat(ballots(proposal(wrong, PAYLOAD, FIRST_LEADER)))
          .containsExactly(Ballot.nullify(good.chainId(), 0, 1));
    }
  }

  @Test
  void aPayloadThatIsNotValidIsRefused() {
    Bytes twice = TestingPayloads.payload(List.of(7, 7));
    assertThat(ballots(proposal(TestingBlocks.child(genesis, 1, twice), twice, FIRST_LEADER)))
        .containsExactly(Ballot.nullify(good.chainId(), 0, 1));
  }

  @Test
  void aBodyThatIsNotTheHeadersIsIgnored() {
    Bytes other = TestingPayloads.payload(List.of(8));
    assertThat(ballots(proposal(good, other, FIRST_LEADER))).isEmpty();
    assertThat(ballots(proposal(good, Bytes.of((byte) 1), FIRST_LEADER))).isEmpty();
  }

  /**
   * The impersonator: who does not lead proposes nothing, and nobody proposes in another's name.
   */
  @Test
  void aProposalOfAnotherThanTheLeaderIsIgnored() {
    assertThat(ballots(proposal(good, PAYLOAD, SECOND_LEADER))).isEmpty();
    Ballot ballot = Ballot.notarize(good);
    Vote forged = new Vote(ballot, FIRST_LEADER, TestingKeys.sign(SECOND_LEADER, ballot.encode()));
    assertThat(ballots(new Proposal(new Block(good, PAYLOAD), forged, Optional.empty(), List.of())))
        .isEmpty();
  }

  @Test
  void aViewIsSkippedWithItsNullificationOnly() {
    BlockHeader skipping = TestingBlocks.child(genesis, 2, PAYLOAD);
    ballots(nullification(1, 0, 1, 2));
    assertThat(ballots(proposal(skipping, PAYLOAD, SECOND_LEADER)))
        .containsExactly(Ballot.notarize(skipping));

    start();
    ballots(proposal(good, PAYLOAD, FIRST_LEADER));
    ballots(notarization(good, 0, 1, 2));
    assertThat(ballots(proposal(skipping, PAYLOAD, SECOND_LEADER)))
        .as("view 1 has a notarized block")
        .containsExactly(Ballot.nullify(good.chainId(), 0, 2));
  }

  @Test
  void aParentThatIsNotNotarizedIsNotBuiltOn() {
    ballots(proposal(good, PAYLOAD, FIRST_LEADER));
    ballots(nullification(1, 0, 1, 2));
    Bytes payload = TestingPayloads.payload(List.of(8));
    BlockHeader child = TestingBlocks.child(good, 2, payload);
    Proposal unproven =
        new Proposal(
            new Block(child, payload),
            TestingKeys.vote(Ballot.notarize(child), SECOND_LEADER),
            Optional.empty(),
            List.of());
    assertThat(ballots(unproven)).containsExactly(Ballot.nullify(good.chainId(), 0, 2));
  }

  /** A member that is told to be behind takes nothing that is not proven and in its place. */
  @Test
  void aBlockToCatchUpWithNeedsItsOwnProof() {
    Finality finality = finality(good, 0, 1, 2);
    Block block = new Block(good, PAYLOAD);
    BlockHeader stranger =
        new BlockHeader(good.chainId(), 0, 1, 1, Digest.sha256(), good.payloadDigest(), 1);
    assertThat(caughtUp(block, finality(good, 0, 1))).as("two signatures of three").isEmpty();
    assertThat(caughtUp(new Block(stranger, PAYLOAD), finality(stranger, 0, 1, 2)))
        .as("no child of the last final block")
        .isEmpty();
    assertThat(caughtUp(new Block(good, TestingPayloads.payload(List.of(9))), finality))
        .as("another body")
        .isEmpty();
    assertThat(caughtUp(block, finality(TestingBlocks.child(genesis, 2, PAYLOAD), 0, 1, 2)))
        .as("another block's proof")
        .isEmpty();
    assertThat(caughtUp(block, finality)).containsExactly(new Effect.Finalized(block, finality));
  }

  /** A finality whose header chain leaves the chain proves nothing here. */
  @Test
  void finalityThroughABlockOfAnotherChainOrEpochIsInvalid() {
    BlockHeader foreign =
        new BlockHeader(Digest.sha256(), 0, 2, 2, good.digest(), good.payloadDigest(), 1);
    BlockHeader later =
        new BlockHeader(good.chainId(), 1, 2, 2, good.digest(), good.payloadDigest(), 1);
    for (BlockHeader child : List.of(foreign, later)) {
      Certificate certificate = TestingBlocks.certificate(Ballot.finalize(child), 0, 1, 2);
      assertThat(new Finality(certificate, List.of(child, good)).isValid(TestingKeys.set(4)))
          .isFalse();
    }
  }

  private List<Effect> caughtUp(Block block, Finality finality) {
    return member.apply(new Event.CaughtUp(block, finality)).effects().stream()
        .filter(effect -> effect instanceof Effect.Finalized)
        .toList();
  }

  /** What the member signs upon a message. */
  private List<Ballot> ballots(Message message) {
    return member.apply(new Event.Received(0, message)).effects().stream()
        .filter(effect -> effect instanceof Effect.Broadcast(Vote vote))
        .map(effect -> ((Vote) ((Effect.Broadcast) effect).message()).ballot())
        .toList();
  }

  private static Proposal proposal(BlockHeader header, Bytes payload, int signer) {
    return new Proposal(
        new Block(header, payload),
        TestingKeys.vote(Ballot.notarize(header), signer),
        Optional.empty(),
        List.of());
  }

  private Certificate nullification(long view, int... signers) {
    return TestingBlocks.certificate(Ballot.nullify(genesis.chainId(), 0, view), signers);
  }

  private static Certificate notarization(BlockHeader block, int... signers) {
    return TestingBlocks.certificate(Ballot.notarize(block), signers);
  }

  private static Finality finality(BlockHeader block, int... signers) {
    return new Finality(TestingBlocks.certificate(Ballot.finalize(block), signers), List.of(block));
  }
}
