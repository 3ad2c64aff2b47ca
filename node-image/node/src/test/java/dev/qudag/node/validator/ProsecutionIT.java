package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.Grounds;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.Offence;
import dev.qudag.consensus.evidence.DuplicateVote;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.crypto.SigningKey;
import dev.qudag.node.validator.Prosecution.Finding;
import dev.qudag.node.validator.judge.Opinion;
import dev.qudag.proto.PeerFrame;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a validator does with evidence, with real keys, on a disk. */
class ProsecutionIT {
  @TempDir Path folder;
  private Path data;
  private TestingSwarm swarm;
  private BlockStore blocks;
  private final List<PeerFrame> told = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    data = Files.createDirectories(folder.resolve("data"));
    swarm = new TestingSwarm(folder, 4);
    blocks = BlockStore.open(data, swarm.genesis);
  }

  @AfterEach
  void close() throws Exception {
    blocks.close();
    swarm.close();
  }

  private Prosecution prosecution() throws IOException {
    var metrics = new ValidatorMetrics(new PrometheusRegistry());
    return new Prosecution(data, blocks, told::add, metrics);
  }

  private DuplicateVote lie(int validator, long epoch) throws IOException {
    SigningKey key = swarm.identity(validator).signingKey();
    return DuplicateVote.of(vote(key, validator, epoch, 1), vote(key, validator, epoch, 2));
  }

  private Vote vote(SigningKey key, int signer, long epoch, int block) {
    Digest digest = Digest.sha256(new byte[] {(byte) block});
    Ballot ballot = new Ballot(BallotKind.NOTARIZE, swarm.genesis.chainId(), epoch, 3, digest);
    return new Vote(ballot, signer, key.sign(ballot.encode()));
  }

  @Test
  void evidenceIsToldOnceAndProsecutedUntilItsOffenderIsGone() throws Exception {
    Prosecution prosecution = prosecution();
    DuplicateVote lie = lie(2, 0);
    assertThat(prosecution.take(lie)).isEqualTo(Finding.NEWS);
    assertThat(prosecution.take(lie)).isEqualTo(Finding.NO_NEWS);
    assertThat(told)
        .extracting(frame -> frame.getEvidence().toByteArray())
        .containsExactly(lie.encode());
    List<Decision> removals = prosecution.removals();
    assertThat(removals).hasSize(1);

    Prosecution restarted = prosecution();
    assertThat(restarted.removals()).isEqualTo(removals);
    assertThat(restarted.take(lie)).isEqualTo(Finding.NO_NEWS);
    assertThat(told).as("nothing is told again but to new streams").hasSize(1);
    restarted.greet(told::add);
    assertThat(told).hasSize(2);
  }

  @Test
  void whatProvesNothingOrIsOfAnEpochToComeIsNotKept() throws Exception {
    Prosecution prosecution = prosecution();
    SigningKey stranger = SigningKey.generate();
    DuplicateVote forged = DuplicateVote.of(vote(stranger, 2, 0, 1), vote(stranger, 2, 0, 2));
    assertThat(prosecution.take(forged)).isEqualTo(Finding.FORGED);
    assertThat(prosecution.take(lie(2, 1))).isEqualTo(Finding.TOO_EARLY);
    assertThat(told).isEmpty();
    assertThat(data.resolve("evidence")).isEmptyDirectory();
  }

  @Test
  void approvesARemovalOnlyWithTheEvidenceInHandAndForWhatItShows() throws Exception {
    Prosecution prosecution = prosecution();
    DuplicateVote lie = lie(2, 0);
    Offence offence =
        new Offence(2, swarm.identity(2).verifyingKey().fingerprint(), 0, 3, Offence.Step.NOTARIZE);
    SetDecision removal = removal(lie.digest(), offence);
    assertThat(prosecution.judge(grounds(removal))).isInstanceOf(Opinion.NotYet.class);
    prosecution.take(lie);
    assertThat(prosecution.judge(grounds(removal))).isInstanceOf(Opinion.Approve.class);
    assertThat(prosecution.removals()).containsExactly(removal);
    Offence another = new Offence(2, offence.signer(), 0, 4, Offence.Step.NOTARIZE);
    assertThat(prosecution.judge(grounds(removal(lie.digest(), another))))
        .isInstanceOf(Opinion.Reject.class);
  }

  @Test
  void approvesWhoJoinsOnAWordUnlessItsMemoryIsTooSmallForTheSet() throws Exception {
    SetDecision join = swarm.join(blocks.state(), swarm.newcomer(), swarm.newcomer());
    long enough = HeapBudget.least(6);
    assertThat(new SetJudge(prosecution(), blocks::state, blocks::setOf, enough).judge(join))
        .isInstanceOf(Opinion.Approve.class);
    assertThat(new SetJudge(prosecution(), blocks::state, blocks::setOf, enough - 1).judge(join))
        .isEqualTo(
            new Opinion.Reject("TooLarge: the heap of this validator is too small for a set of 6"));
  }

  /** No node runs a committee yet. */
  @Test
  void rejectsASetForWhichACommitteeWouldVote() throws Exception {
    NodeIdentity any = swarm.identity(0);
    List<Member> crowd =
        IntStream.range(4, 101)
            .mapToObj(
                index ->
                    new Member(index, "v" + index, any.verifyingKey(), any.tlsFingerprint(), 1))
            .toList();
    SetDecision one = swarm.join(blocks.state(), swarm.newcomer());
    SetDecision many =
        new SetDecision(
            SetChange.of(swarm.genesis.chainId(), swarm.genesis.set(), List.of(), crowd),
            one.grounds());
    assertThat(
            new SetJudge(prosecution(), blocks::state, blocks::setOf, Long.MAX_VALUE).judge(many))
        .isEqualTo(
            new Opinion.Reject(
                "TooLarge: nodes run sets of at most 100 validators, this one would have 101"));
  }

  private static Grounds.Misbehaviour grounds(SetDecision removal) {
    return (Grounds.Misbehaviour) removal.grounds();
  }

  private SetDecision removal(Digest evidence, Offence offence) {
    return new SetDecision(
        SetChange.of(swarm.genesis.chainId(), swarm.genesis.set(), List.of(2), List.of()),
        new Grounds.Misbehaviour(evidence, List.of(offence)));
  }
}
