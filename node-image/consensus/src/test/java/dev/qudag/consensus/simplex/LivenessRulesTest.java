package dev.qudag.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.consensus.simplex.message.Progress;
import dev.qudag.consensus.simplex.message.Proposal;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.consensus.simplex.message.Wanted;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What makes lost messages and dead leaders harmless, rule by rule, at the third of four members.
 */
class LivenessRulesTest {
  private static final int LEADER = 1;
  private static final int NEXT_LEADER = 2;
  private static final Digest CHAIN = Digest.sha256(new byte[] {7});
  private static final BlockHeader GENESIS = BlockHeader.genesis(CHAIN, 0);
  private static final Bytes PAYLOAD = TestingPayloads.item(7);
  private static final BlockHeader BLOCK = TestingBlocks.child(GENESIS, 1, PAYLOAD);

  private final SimulatedMember member = new SimulatedMember(3, TestingKeys.set(4), GENESIS);

  @BeforeEach
  void start() {
    member.start();
  }

  @Test
  void leaderThatTakesTooLongIsGivenUp() {
    offer(7);
    assertThat(timeOut(1)).contains(new Effect.Broadcast(vote(nullify(1), 3)));
  }

  @Test
  void nullifyIsSaidAgainAtEveryTimeOut() {
    offer(7);
    timeOut(1);
    assertThat(timeOut(1)).contains(new Effect.Broadcast(vote(nullify(1), 3)));
  }

  @Test
  void certificateThatLedHereIsSaidAgainAtEveryTimeOut() {
    Certificate entry = certificate(nullify(1));
    receive(0, entry);
    offer(7);
    assertThat(timeOut(2)).contains(new Effect.Broadcast(entry));
  }

  @Test
  void whoIsStuckSaysWhereItStands() {
    offer(7);
    assertThat(timeOut(1)).contains(new Effect.Broadcast(new Progress(1, 0, false)));
  }

  @Test
  void viewIsGivenUpWhenItsLeaderGivesItUp() {
    assertThat(receive(LEADER, vote(nullify(1), LEADER)))
        .contains(new Effect.Broadcast(vote(nullify(1), 3)));
  }

  @Test
  void viewIsGivenUpWhenSomeHonestMemberGaveItUp() {
    assertThat(receive(0, vote(nullify(1), 0))).isEmpty();
    assertThat(receive(2, vote(nullify(1), 2))).contains(new Effect.Broadcast(vote(nullify(1), 3)));
  }

  @Test
  void certificateForALaterViewLeadsThereAtOnce() {
    receive(0, certificate(nullify(5)));
    assertThat(member.view()).isEqualTo(6);
  }

  @Test
  void completedCertificateIsHandedToThoseWhoAreBehind() {
    receive(0, vote(nullify(1), 0));
    assertThat(receive(2, vote(nullify(1), 2)))
        .contains(new Effect.Send(LEADER, TestingBlocks.certificate(nullify(1), 0, 2, 3)));
  }

  @Test
  void whoVotedToFinalizeIsNotHandedTheNotarization() {
    receive(0, vote(Ballot.finalize(BLOCK), 0));
    receive(LEADER, proposal(BLOCK, PAYLOAD, LEADER));
    Certificate notarization =
        TestingBlocks.certificate(Ballot.notarize(BLOCK), LEADER, NEXT_LEADER, 3);
    assertThat(receive(2, vote(Ballot.notarize(BLOCK), NEXT_LEADER)))
        .contains(new Effect.Send(LEADER, notarization), new Effect.Send(2, notarization))
        .doesNotContain(new Effect.Send(0, notarization));
  }

  @Test
  void whoOpensAStreamIsToldWhatThisMemberSigned() {
    offer(7);
    timeOut(1);
    assertThat(member.apply(new Event.Connected(2)).effects())
        .contains(new Effect.Send(2, vote(nullify(1), 3)));
  }

  @Test
  void bodyThatIsMissingIsAskedFor() {
    assertThat(receive(0, certificate(Ballot.notarize(BLOCK))))
        .contains(new Effect.Send(0, new Wanted(List.of(BLOCK.digest()), List.of())));
  }

  /**
   * Seeds 358, 407 and 417 once found a member whose clock was slow: the others gave each view up
   * before it, so that it never came to its own time-out, and never asked again.
   */
  @Test
  void whatIsMissingIsAskedForAgainInEachView() {
    receive(0, certificate(Ballot.notarize(BLOCK)));
    assertThat(receive(0, certificate(nullify(2))))
        .contains(new Effect.Send(1, new Wanted(List.of(BLOCK.digest()), List.of())));
  }

  @Test
  void bodyThatAPeerMissesIsHandedOver() {
    Proposal proposal = proposal(BLOCK, PAYLOAD, LEADER);
    receive(LEADER, proposal);
    assertThat(receive(0, new Wanted(List.of(BLOCK.digest()), List.of())))
        .contains(new Effect.Send(0, proposal));
  }

  @Test
  void finalBlocksThatAreMissingAreAskedFor() {
    assertThat(receive(0, certificate(Ballot.finalize(BLOCK)))).contains(new Effect.CatchUp(1));
  }

  @Test
  void anEmptyBlockHasToWaitUntilOneIsDue() {
    Bytes nothing = TestingPayloads.payload(List.of());
    BlockHeader empty = TestingBlocks.child(GENESIS, 1, nothing);
    Effect notarized = new Effect.Broadcast(vote(Ballot.notarize(empty), 3));
    assertThat(receive(LEADER, proposal(empty, nothing, LEADER))).doesNotContain(notarized);
    assertThat(offer(7)).contains(notarized);
  }

  @Test
  void clockRunsForANotarizedBlockAlsoWhereNothingWaits() {
    receive(LEADER, proposal(BLOCK, PAYLOAD, LEADER));
    assertThat(receive(0, certificate(Ballot.notarize(BLOCK))))
        .contains(new Effect.SetTimer(2, Duration.ofMillis(500)));
  }

  @Test
  void blockOfALeaderThatSaidTwoThingsGetsNoFinalizeVote() {
    Bytes other = TestingPayloads.item(8);
    BlockHeader one = TestingBlocks.child(GENESIS, 2, PAYLOAD);
    receive(NEXT_LEADER, proposal(one, PAYLOAD, NEXT_LEADER));
    receive(NEXT_LEADER, proposal(TestingBlocks.child(GENESIS, 2, other), other, NEXT_LEADER));
    assertThat(receive(0, certificate(Ballot.notarize(one))))
        .doesNotContain(new Effect.Broadcast(vote(Ballot.finalize(one), 3)));
  }

  @Test
  void votesFarAheadAreNotKept() {
    SimplexConfig config =
        new SimplexConfig(
            CHAIN,
            0,
            TestingKeys.set(4),
            3,
            message -> TestingKeys.sign(3, message),
            Duration.ofMillis(500),
            SimplexConfig.LONGEST_TIMEOUT);
    Knowledge<List<Integer>> knowledge =
        new Knowledge<>(
            config, new TestingPayloads(), new Tip<>(GENESIS, Optional.empty(), List.of()));
    knowledge.learn(vote(nullify(65), 0), 1);
    knowledge.learn(vote(nullify(66), 0), 1);
    assertThat(knowledge.rounds().byView()).containsOnlyKeys(65L);
  }

  private List<Effect> offer(int number) {
    return member.apply(new Event.Waiting(List.of(TestingPayloads.item(number)))).effects();
  }

  private List<Effect> timeOut(long view) {
    return member.apply(new Event.TimedOut(view)).effects();
  }

  private List<Effect> receive(int peer, Message message) {
    return member.apply(new Event.Received(peer, message)).effects();
  }

  private static Ballot nullify(long view) {
    return Ballot.nullify(CHAIN, 0, view);
  }

  private static Vote vote(Ballot ballot, int signer) {
    return TestingKeys.vote(ballot, signer);
  }

  private static Certificate certificate(Ballot ballot) {
    return TestingBlocks.certificate(ballot, 0, 1, 2);
  }

  private static Proposal proposal(BlockHeader header, Bytes payload, int signer) {
    return new Proposal(
        new Block(header, payload),
        vote(Ballot.notarize(header), signer),
        Optional.empty(),
        List.of());
  }
}
