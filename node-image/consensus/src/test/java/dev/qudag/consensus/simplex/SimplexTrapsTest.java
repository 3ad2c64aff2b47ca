package dev.qudag.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The traps that others fell into (design: "Known traps"), each by its name. */
class SimplexTrapsTest {
  private static final Digest CHAIN = Digest.sha256(new byte[] {7});
  private static final BlockHeader GENESIS = BlockHeader.genesis(CHAIN, 0);

  @ParameterizedTest(name = "n = {0}: {1}")
  @CsvSource({"1, 1", "4, 3", "5, 4", "6, 5", "7, 5", "13, 9", "31, 21", "100, 67"})
  void quorumIsNotTwoFPlusOneWhenMembersAreNotThreeFPlusOne(int members, long quorum) {
    assertThat(TestingKeys.set(members).quorum()).isEqualTo(quorum);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aSetThatOnlyLooksFaultTolerantIsRefused(int members) {
    assertThatThrownBy(() -> TestingKeys.set(members)).hasMessageContaining(members + " members");
  }

  @Test
  void certificateWithTooFewSignersIsInvalid() {
    assertThat(certificate(nullify(3), 0, 1).isValid(TestingKeys.set(4))).isFalse();
    assertThat(certificate(nullify(3), 0, 1, 2).isValid(TestingKeys.set(4))).isTrue();
  }

  @Test
  void certificateWithUnknownSignerIsInvalid() {
    assertThat(certificate(nullify(3), 0, 1, 2, 9).isValid(TestingKeys.set(4))).isFalse();
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

  @Test
  void votesOfAnotherChainEpochOrKindAreNotCounted() {
    Digest otherChain = Digest.sha256(new byte[] {8});
    assertThat(viewAfter(Ballot.nullify(otherChain, 0, 1))).isEqualTo(1);
    assertThat(viewAfter(Ballot.nullify(CHAIN, 1, 1))).isEqualTo(1);
    assertThat(viewAfter(Ballot.nullify(CHAIN, 0, 1))).isEqualTo(2);
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
  void quorumThatRestartsWithEmptyFoldersAdvances() {
    Simulation simulation = new Simulation(1, 4, Faults.NONE);
    simulation.submit(1);
    simulation.runUntil(30);
    simulation.honest().forEach(simulation::crash);
    simulation.honest().forEach(simulation::start);
    simulation.runUntilAllFinal(4);
    simulation.runUntilQuiet();
  }

  @Test
  void membersLockedOnDifferentValuesStillDecide() {
    // One member notarizes alone what its leader showed to nobody else; the others must not wait
    // for it.
    for (long seed = 0; seed < 20; seed++) {
      Simulation simulation = new Simulation(seed, 4, new Faults(1, 0, 0.3, 0, 0, true, 700));
      simulation.chaos(6, 8_000);
      simulation.heal();
      simulation.runUntilAllFinal(30);
    }
  }

  @Test
  void lastDecisionBecomesFinalThoughNothingFollows() {
    for (long seed = 0; seed < 20; seed++) {
      Simulation simulation = new Simulation(seed, 4, new Faults(0, 0, 0.4, 0, 0, false, 50));
      simulation.chaos(1, 100);
      simulation.heal();
      simulation.runUntilAllFinal(12);
      simulation.runUntilQuiet();
    }
  }

  @Test
  void leaderHelpsWithAnEmptyBlockWhenAllThatWaitsIsNotarizedAlready() {
    // Seed 51 once found leaders that took what waits for something to propose, and proposed
    // nothing.
    Simulation simulation = new Simulation(51, 7, Faults.severe(7));
    simulation.chaos(12, 20_000);
    simulation.heal();
    simulation.runUntilAllFinal(70);
  }

  @Test
  void idleSwarmIsSilent() {
    Simulation simulation = new Simulation(3, 4, Faults.NONE);
    simulation.runUntilQuiet();
    assertThat(simulation.highestView()).isEqualTo(1);
  }

  @Test
  void healthySwarmNeedsOneViewForADecisionAndNoEmptyBlock() {
    Simulation simulation = new Simulation(3, 4, Faults.NONE);
    simulation.submit(1);
    simulation.runUntilQuiet();
    assertThat(simulation.highestView()).isEqualTo(2);
    assertThat(simulation.member(0).disk.blocks()).hasSize(1);
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

  private static Certificate certificate(Ballot ballot, int... signers) {
    return Certificate.of(
        ballot,
        IntStream.of(signers).mapToObj(signer -> TestingKeys.vote(ballot, signer)).toList());
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
