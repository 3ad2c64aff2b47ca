package dev.qudag.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Proposal;
import dev.qudag.consensus.simplex.message.SignRecord;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.consensus.simplex.view.OwnVotes;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The traps that others fell into, each by its name, at one member. */
class SimplexTrapsTest {
  private static final Digest CHAIN = Digest.sha256(new byte[] {7});
  private static final BlockHeader GENESIS = BlockHeader.genesis(CHAIN, 0);

  @Test
  void votesOfAnotherChainEpochOrKindAreNotCounted() {
    Digest otherChain = Digest.sha256(new byte[] {8});
    assertThat(viewAfter(Ballot.nullify(otherChain, 0, 1))).isEqualTo(1);
    assertThat(viewAfter(Ballot.nullify(CHAIN, 1, 1))).isEqualTo(1);
    assertThat(viewAfter(Ballot.nullify(CHAIN, 0, 1))).isEqualTo(2);
  }

  @Test
  void votesOfAnotherViewAreNotCountedInThisOne() {
    Simplex<List<Integer>> member = started(0);
    for (int signer : List.of(1, 2, 3)) {
      member.apply(new Event.Received(signer, TestingKeys.vote(nullify(signer), signer)));
    }
    assertThat(member.view()).isEqualTo(1);
  }

  @Test
  void voteFromUnregisteredKeyIsNotCounted() {
    Simplex<List<Integer>> member = started(0);
    Ballot ballot = nullify(1);
    for (int signer : List.of(1, 4, 5, -1)) {
      member.apply(new Event.Received(1, TestingKeys.vote(ballot, signer)));
    }
    member.apply(new Event.Received(1, new Vote(ballot, 2, TestingKeys.sign(1, ballot.encode()))));
    assertThat(member.view()).isEqualTo(1);
  }

  @Test
  void signsNothingTwiceAfterCrashBetweenPersistAndSend() {
    Simplex<List<Integer>> before = started(1);
    Step step = before.apply(waiting(5));
    SignRecord persisted =
        step.effects().stream()
            .flatMap(
                effect ->
                    effect instanceof Effect.Persist(SignRecord entry)
                        ? Stream.of(entry)
                        : Stream.empty())
            .findFirst()
            .orElseThrow();

    Simplex<List<Integer>> after = member(1);
    after.apply(new Event.Started(List.of(persisted)));
    assertThat(after.apply(waiting(6, 7)).effects())
        .as("another payload is not proposed in the same view")
        .noneMatch(effect -> effect instanceof Effect.Persist);
    Proposal proposal = ((SignRecord.Held) persisted).proposal();
    assertThat(after.apply(new Event.Connected(2)).effects())
        .as("the stored proposal is sent again")
        .contains(new Effect.Send(2, proposal));
  }

  @Test
  void finalizesAfterACrashNothingThatItNullifiedBefore() {
    Bytes payload = TestingPayloads.item(7);
    BlockHeader block = TestingBlocks.child(GENESIS, 1, payload);
    Simplex<List<Integer>> member = member(0);
    member.apply(new Event.Started(List.of(new SignRecord.Voted(TestingKeys.vote(nullify(1), 0)))));
    Certificate notarization = TestingBlocks.certificate(Ballot.notarize(block), 1, 2, 3);
    assertThat(member.apply(new Event.Received(1, notarization)).effects())
        .noneMatch(effect -> effect instanceof Effect.Broadcast(Vote vote));
    assertThat(member.view()).isEqualTo(2);
  }

  @Test
  void memberThatLostItsSignStateDoesNotStart() {
    SimulatedMember member = new SimulatedMember(0, TestingKeys.set(4), GENESIS);
    member.start();
    member.stop();
    member.disk.lose();
    assertThatThrownBy(member::start).hasMessageContaining("a key without its sign-state");
  }

  @Test
  void nullifyAndFinalizeInOneViewAreRefusedByTheType() {
    BlockHeader block = new BlockHeader(CHAIN, 0, 1, 1, GENESIS.digest(), Digest.ZERO, 1);
    Vote finalize = TestingKeys.vote(Ballot.finalize(block), 0);
    Vote nullify = TestingKeys.vote(nullify(1), 0);
    assertThatThrownBy(() -> OwnVotes.NOTHING.with(finalize).with(nullify))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> OwnVotes.NOTHING.with(nullify).with(finalize))
        .isInstanceOf(IllegalStateException.class);
    assertThat(OwnVotes.NOTHING.with(nullify).with(nullify).nullified()).contains(nullify);
  }

  @Test
  void leaderHelpsWithAnEmptyBlockWhenAllThatWaitsIsNotarizedAlready() {
    // Leaders once took what waits for something to propose, and proposed nothing.
    Simplex<List<Integer>> leader = started(2);
    leader.apply(waiting(7));
    Bytes payload = TestingPayloads.item(7);
    BlockHeader first = TestingBlocks.child(GENESIS, 1, payload);
    leader.apply(
        new Event.Received(
            1,
            new Proposal(
                new Block(first, payload),
                TestingKeys.vote(Ballot.notarize(first), 1),
                Optional.empty(),
                List.of())));
    leader.apply(new Event.Received(1, TestingBlocks.certificate(Ballot.notarize(first), 0, 1, 3)));
    assertThat(leader.apply(new Event.TimedOut(2)).effects())
        .as("an empty block on the notarized one")
        .anyMatch(
            effect ->
                effect instanceof Effect.Broadcast(Proposal proposal)
                    && proposal.block().header().isEmpty()
                    && proposal.block().header().isChildOf(first));
  }

  private static long viewAfter(Ballot nullify) {
    Simplex<List<Integer>> member = started(0);
    IntStream.range(1, 4)
        .forEach(
            signer -> member.apply(new Event.Received(signer, TestingKeys.vote(nullify, signer))));
    return member.view();
  }

  private static Ballot nullify(long view) {
    return Ballot.nullify(CHAIN, 0, view);
  }

  private static Event.Waiting waiting(int... numbers) {
    return new Event.Waiting(IntStream.of(numbers).mapToObj(TestingPayloads::item).toList());
  }

  private static Simplex<List<Integer>> started(int self) {
    Simplex<List<Integer>> member = member(self);
    member.apply(new Event.Started(List.of()));
    return member;
  }

  private static Simplex<List<Integer>> member(int self) {
    SimplexConfig config =
        new SimplexConfig(
            CHAIN,
            0,
            TestingKeys.set(4),
            self,
            message -> TestingKeys.sign(self, message),
            Duration.ofMillis(500),
            SimplexConfig.LONGEST_TIMEOUT);
    return new Simplex<>(
        config, new TestingPayloads(), new Tip<>(GENESIS, Optional.empty(), List.of()));
  }
}
