package dev.qudag.consensus.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.certificate.Verification.NotProven;
import dev.qudag.consensus.certificate.Verification.Proven;
import dev.qudag.consensus.certificate.Verification.Reason;
import dev.qudag.consensus.chain.Applied;
import dev.qudag.consensus.chain.BlockPayload;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.OrderedDecision;
import dev.qudag.consensus.chain.Refusal;
import dev.qudag.consensus.chain.TestingChain;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.Grounds;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.Offence;
import dev.qudag.consensus.evidence.Conviction;
import dev.qudag.consensus.evidence.DuplicateVote;
import dev.qudag.consensus.simplex.Tip;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A set of 300, with real keys: its committee decides and seals, the seal draws the next one, and a
 * stranger follows from genesis.
 */
class CommitteeEpochTest {
  private static final int SIZE = 300;
  private static final int QUORUM = 171;
  private static final int LEAVES = 7;

  private static final TestingChain CHAIN = new TestingChain(SIZE);
  private static final SigningKey NEWCOMER = SigningKey.generate();
  private static final BlockHeader START = BlockHeader.genesis(CHAIN.genesis().chainId(), 0);

  private static final ChainState ZERO = CHAIN.state();
  private static final SetDecision CHANGE =
      CHAIN.change(ZERO, List.of(LEAVES), List.of(TestingChain.newcomer(SIZE, NEWCOMER)));
  private static final BlockPayload SEALING = payload(CHANGE, ZERO.voters());
  private static final BlockHeader SEAL_BLOCK = header(START, SEALING, 1);
  private static final Seal SEAL = seal(SEAL_BLOCK);

  private static final ChainState ONE =
      ((Applied.Accepted) ZERO.apply(SEALING)).next().openEpoch(SEAL_BLOCK.digest());
  private static final MergeDecision MERGE = CHAIN.merge(ONE, "a");
  private static final BlockPayload MERGING = payload(MERGE, ONE.voters());
  private static final BlockHeader MERGE_BLOCK = header(BlockHeader.root(SEAL_BLOCK), MERGING, 1);

  private static SigningKey key(Member member) {
    return member.index() == SIZE ? NEWCOMER : CHAIN.validator(member.index());
  }

  private static List<SigningKey> keys(MemberSet voters, int count) {
    return voters.members().stream().limit(count).map(CommitteeEpochTest::key).toList();
  }

  private static BlockPayload payload(Decision decision, MemberSet voters) {
    return new BlockPayload(List.of(approved(decision, voters, QUORUM)));
  }

  private static OrderedDecision approved(Decision decision, MemberSet voters, int approvals) {
    return TestingEpoch.approved(decision, voters.epoch(), keys(voters, approvals));
  }

  private static BlockHeader header(BlockHeader parent, BlockPayload payload, long view) {
    return new BlockHeader(
        parent.chainId(),
        parent.epoch(),
        parent.height() + 1,
        view,
        parent.digest(),
        payload.digest(),
        payload.count());
  }

  /** By the first so many of some voters. */
  private static Finality finality(BlockHeader header, MemberSet voters, int count) {
    Ballot ballot = Ballot.finalize(header);
    BitSet signers = new BitSet();
    signers.set(0, count);
    List<Bytes> signatures =
        keys(voters, count).stream().map(key -> key.sign(ballot.encode())).toList();
    return new Finality(
        new Certificate(ballot, Bytes.of(signers.toByteArray()), signatures), List.of(header));
  }

  private static Seal seal(BlockHeader header) {
    return new Seal(
        DecisionCertificate.of(ZERO.voters(), finality(header, ZERO.voters(), QUORUM), SEALING, 0),
        CHANGE);
  }

  private static DecisionCertificate proof(MemberSet named, MemberSet signing, int signatures) {
    return DecisionCertificate.of(named, finality(MERGE_BLOCK, signing, signatures), MERGING, 0);
  }

  private static Verification verify(DecisionCertificate certificate, Seal... seals) {
    return CertificateVerifier.verify(
        certificate.encode(),
        CHAIN.genesis().encode(),
        CHAIN.genesis().digest(),
        Arrays.stream(seals).map(Seal::encode).toList());
  }

  private static void assertNotProven(Verification result, Reason reason) {
    assertThat(result)
        .isInstanceOfSatisfying(NotProven.class, no -> assertThat(no.reason()).isEqualTo(reason));
  }

  private static Refusal.Reason refusal(ChainState on, OrderedDecision ordered) {
    return ((Applied.Refused) on.apply(ordered)).refusal().reason();
  }

  // ---- chain state

  @Test
  void genesisDrawsTheFirstCommittee() {
    assertThat(ZERO.set().members()).hasSize(SIZE);
    assertThat(ZERO.voters().members()).hasSize(256);
    assertThat(ZERO.voters().quorum()).isEqualTo(QUORUM);
    assertThat(ZERO.voters()).isEqualTo(CHAIN.genesis().electorate().voters());
  }

  @Test
  void theSealDrawsTheNextCommittee() {
    assertThat(ONE.set().withIndex(LEAVES)).isEmpty();
    assertThat(ONE.set().withIndex(SIZE)).isPresent();
    assertThat(ONE.voters().members()).hasSize(256);
    assertThat(ONE.voters().epoch()).isEqualTo(1);
    assertThat(ONE.voters().members()).isNotEqualTo(ZERO.voters().members());
    ChainState elsewhere =
        ((Applied.Accepted) ZERO.apply(SEALING)).next().openEpoch(TestingChain.digest("other"));
    assertThat(elsewhere.set()).isEqualTo(ONE.set());
    assertThat(elsewhere.voters()).isNotEqualTo(ONE.voters());
  }

  /** On somebody's word: evidence and old keys speak of validators, and here is none. */
  @Test
  void aChangeOfNobodyDrawsAnotherCommittee() {
    SetDecision redraw = CHAIN.change(ZERO, List.of(), List.of());
    BlockPayload payload = payload(redraw, ZERO.voters());
    BlockHeader block = header(START, payload, 1);
    ChainState redrawn = ((Applied.Accepted) ZERO.apply(payload)).next().openEpoch(block.digest());
    assertThat(redrawn.set().members()).isEqualTo(ZERO.set().members());
    assertThat(redrawn.set().epoch()).isEqualTo(1);
    assertThat(redrawn.voters().members()).isNotEqualTo(ZERO.voters().members());
    Seal proof =
        new Seal(
            DecisionCertificate.of(
                ZERO.voters(), finality(block, ZERO.voters(), QUORUM), payload, 0),
            redraw);
    assertThat(CertificateVerifier.of(CHAIN.genesis()).electorateAfter(proof))
        .isEqualTo(redrawn.electorate());

    Offence offence = new Offence(SIZE, TestingChain.digest("key"), 0, 1, Offence.Step.NOTARIZE);
    Grounds evidence = new Grounds.Misbehaviour(TestingChain.digest("evidence"), List.of(offence));
    OrderedDecision byEvidence =
        approved(new SetDecision(redraw.change(), evidence), ZERO.voters(), QUORUM);
    assertThat(refusal(ZERO, byEvidence)).isEqualTo(Refusal.Reason.NOTHING_TO_CHANGE);
  }

  @Test
  void whatIsStoredHoldsTheCommittee() {
    assertThat(ChainState.decode(ONE.encode(), CHAIN.genesis())).isEqualTo(ONE);
    assertThat(ChainState.decode(ZERO.encode(), CHAIN.genesis())).isEqualTo(ZERO);
  }

  @Test
  void approvalsAreTheCommitteesByItsPlaces() {
    assertThat(refusal(ONE, approved(MERGE, ONE.voters(), QUORUM - 1)))
        .isEqualTo(Refusal.Reason.TOO_FEW_APPROVALS);
    assertThat(refusal(ONE, approved(MERGE, ONE.set(), QUORUM)))
        .as("by their places in the whole set")
        .isEqualTo(Refusal.Reason.BAD_APPROVAL_SIGNATURE);
    assertThat(ONE.apply(MERGING)).isInstanceOf(Applied.Accepted.class);
  }

  // ---- proofs

  @Test
  void theFirstCommitteesSealIsProvenFromGenesisAlone() {
    assertThat(verify(SEAL.certificate()))
        .isInstanceOfSatisfying(
            Proven.class,
            proven -> {
              assertThat(proven.signers()).hasSize(QUORUM);
              assertThat(proven.quorum()).isEqualTo(QUORUM);
            });
  }

  @Test
  void theNextCommitteesDecisionIsProvenThroughTheSeal() {
    DecisionCertificate certificate = proof(ONE.voters(), ONE.voters(), QUORUM);
    assertThat(verify(certificate, SEAL)).isInstanceOf(Proven.class);
    assertNotProven(verify(certificate), Reason.WRONG_VALIDATOR_SET);
    assertNotProven(
        verify(proof(ONE.voters(), ONE.voters(), QUORUM - 1), SEAL), Reason.TOO_FEW_SIGNERS);
  }

  /** The same change in another block: the same set, and another committee. */
  @Test
  void anotherSealingBlockProvesAnotherCommittee() {
    Seal other = seal(header(START, SEALING, 2));
    assertNotProven(
        verify(proof(ONE.voters(), ONE.voters(), QUORUM), other), Reason.WRONG_VALIDATOR_SET);
  }

  /** Two thirds of all, were they asked: who was not drawn decides nothing. */
  @Test
  void aQuorumOfTheWholeSetProvesNothing() {
    assertNotProven(verify(proof(ONE.set(), ONE.set(), 201), SEAL), Reason.WRONG_VALIDATOR_SET);
  }

  @Test
  void theLastCommitteeProvesNothingInTheNextEpoch() {
    assertNotProven(verify(proof(ONE.voters(), ZERO.voters(), QUORUM), SEAL), Reason.BAD_SIGNATURE);
  }

  @Test
  void whoOnlyFollowsTheBlocksFollowsThemAcrossTheSeal() {
    Digest changed = ONE.set().root();
    Tip<ChainState> start = new Tip<>(START, Optional.empty(), ZERO);
    Extension sealed =
        Extension.of(start, block(SEAL_BLOCK, SEALING), finality(SEAL_BLOCK, ZERO.voters(), QUORUM))
            .orElseThrow();
    Block merge = block(MERGE_BLOCK, MERGING);
    assertThat(Extension.of(sealed.tip(), merge, finality(MERGE_BLOCK, ZERO.voters(), QUORUM)))
        .as("by the committee before")
        .isEmpty();
    Extension merged =
        Extension.of(sealed.tip(), merge, finality(MERGE_BLOCK, ONE.voters(), QUORUM))
            .orElseThrow();
    assertThat(merged.tip().state().set().root()).isEqualTo(changed);
    assertThat(merged.tip().state().head(TestingChain.BRANCH)).contains(MERGE.commit());
  }

  // ---- evidence

  /** Removed is who has the place in the committee, and not who has it in the set. */
  @Test
  void evidenceConvictsByThePlaceInTheCommittee() {
    int place = 200;
    Member liar = ONE.voters().members().get(place);
    BlockHeader other =
        new BlockHeader(
            MERGE_BLOCK.chainId(),
            MERGE_BLOCK.epoch(),
            MERGE_BLOCK.height(),
            MERGE_BLOCK.view(),
            MERGE_BLOCK.parentDigest(),
            TestingChain.digest("another payload"),
            1);
    DuplicateVote lie = DuplicateVote.of(vote(MERGE_BLOCK, place), vote(other, place));
    assertThat(lie.verify(CHAIN.genesis().chainId(), ONE.voters()))
        .isInstanceOfSatisfying(
            Conviction.Convicted.class,
            convicted ->
                assertThat(convicted.offences())
                    .extracting(Offence::validator)
                    .containsExactly(liar.index()));
    assertThat(lie.verify(CHAIN.genesis().chainId(), ONE.set()))
        .isInstanceOf(Conviction.Refused.class);
  }

  private static Vote vote(BlockHeader header, int place) {
    Ballot ballot = Ballot.notarize(header);
    SigningKey key = key(ONE.voters().members().get(place));
    return new Vote(ballot, place, key.sign(ballot.encode()));
  }

  private static Block block(BlockHeader header, BlockPayload payload) {
    return new Block(header, Bytes.of(payload.encode()));
  }
}
