package dev.qudag.consensus.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.qudag.consensus.attestation.DagEquivocation;
import dev.qudag.consensus.chain.TestingChain;
import dev.qudag.consensus.chain.identity.Offence;
import dev.qudag.consensus.evidence.Conviction.Convicted;
import dev.qudag.consensus.evidence.Conviction.Reason;
import dev.qudag.consensus.evidence.Conviction.Refused;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind with real keys, and each way in which it can be forged. */
class EvidenceTest {
  private static final TestingChain CHAIN = new TestingChain(4);
  private static final TestingDeeds DEEDS = new TestingDeeds(CHAIN, 0);

  private static Conviction verify(Evidence evidence) {
    return evidence.verify(CHAIN.genesis().chainId(), CHAIN.genesis().set());
  }

  private static void assertConvicts(Evidence evidence, Offence.Step step, Integer... places) {
    assertThat(verify(evidence))
        .isInstanceOfSatisfying(
            Convicted.class,
            convicted ->
                assertThat(convicted.offences())
                    .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(places)
                            .map(place -> DEEDS.offence(place, 1, step))
                            .toList()));
  }

  private static void assertRefused(Evidence evidence, Reason reason) {
    assertThat(verify(evidence))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  static Stream<Evidence> everyKind() {
    return Stream.of(
        DuplicateVote.of(
            DEEDS.vote(BallotKind.NOTARIZE, 1, 1, 2), DEEDS.vote(BallotKind.NOTARIZE, 1, 2, 2)),
        new NullifyAndFinalize(DEEDS.nullify(1, 3), DEEDS.vote(BallotKind.FINALIZE, 1, 1, 3)),
        ConflictingProposal.of(DEEDS.proposed(1, 1), DEEDS.proposed(1, 2)),
        ConflictingCertificates.of(
            DEEDS.certificate(DEEDS.nullify(1), 0, 1, 2),
            DEEDS.certificate(DEEDS.ballot(BallotKind.FINALIZE, 1, 1), 1, 2, 3)),
        DEEDS.vertices(2, 5));
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void convictsAndSurvivesItsEncoding(Evidence evidence) {
    assertThat(verify(evidence)).isInstanceOf(Convicted.class);
    Evidence read = Evidence.decode(evidence.encode());
    assertThat(read).isEqualTo(evidence);
    assertThat(read.digest()).isEqualTo(evidence.digest());
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void isOfNoOtherChainAndNoOtherEpoch(Evidence evidence) {
    TestingChain other = new TestingChain(4);
    assertThat(evidence.verify(other.genesis().chainId(), CHAIN.genesis().set()))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.WRONG_CHAIN));
    var nextSet = CHAIN.genesis().set().change(List.of(), List.of(newcomer()));
    assertThat(evidence.verify(CHAIN.genesis().chainId(), nextSet)).isInstanceOf(Refused.class);
  }

  private static dev.qudag.consensus.chain.identity.Member newcomer() {
    return TestingChain.newcomer(4, CHAIN.workspace());
  }

  /** A damaged piece is refused in one way, or convicts nobody. */
  @ParameterizedTest
  @MethodSource("everyKind")
  void noDamagedEvidenceConvicts(Evidence evidence) {
    byte[] encoded = evidence.encode();
    Random random = new Random(20_261_122);
    for (int round = 0; round < 60; round++) {
      byte[] changed = encoded.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(verify(Evidence.decode(changed))).isInstanceOf(Refused.class);
      } catch (MalformedEncodingException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    }
    for (int length = 0; length < encoded.length; length += 1 + length / 20) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThatExceptionOfType(MalformedEncodingException.class)
          .isThrownBy(() -> Evidence.decode(cut));
    }
  }

  // ---- two votes

  @Test
  void theSamePartsAreTheSameBytesWhicheverWasFoundFirst() {
    Vote one = DEEDS.vote(BallotKind.FINALIZE, 1, 1, 2);
    Vote other = DEEDS.vote(BallotKind.FINALIZE, 1, 2, 2);
    assertThat(DuplicateVote.of(one, other).digest())
        .isEqualTo(DuplicateVote.of(other, one).digest());
    assertConvicts(DuplicateVote.of(one, other), Offence.Step.FINALIZE, 2);
  }

  @Test
  void theSameVoteTwiceIsNoEvidence() {
    Vote vote = DEEDS.vote(BallotKind.NOTARIZE, 1, 1, 2);
    Vote signedAgain = DEEDS.vote(BallotKind.NOTARIZE, 1, 1, 2);
    assertThat(signedAgain.signature()).isNotEqualTo(vote.signature());
    for (Vote twin : List.of(vote, signedAgain)) {
      assertThatIllegalArgumentException().isThrownBy(() -> DuplicateVote.of(vote, twin));
    }
  }

  /** Each of these pairs an honest member may send. */
  @Test
  void votesThatCanBeHonestAreNoEvidence() {
    Vote notarize = DEEDS.vote(BallotKind.NOTARIZE, 1, 1, 2);
    for (Vote other :
        List.of(
            DEEDS.vote(BallotKind.NOTARIZE, 2, 2, 2),
            DEEDS.vote(BallotKind.NOTARIZE, 1, 2, 3),
            DEEDS.vote(BallotKind.FINALIZE, 1, 2, 2),
            DEEDS.nullify(1, 2),
            new TestingDeeds(CHAIN, 1).vote(BallotKind.NOTARIZE, 1, 2, 2),
            new TestingDeeds(new TestingChain(4), 0).vote(BallotKind.NOTARIZE, 1, 2, 2))) {
      assertThatIllegalArgumentException()
          .as("%s", other.ballot())
          .isThrownBy(() -> DuplicateVote.of(notarize, other));
      assertThatIllegalArgumentException().isThrownBy(() -> NullifyAndFinalize.of(notarize, other));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                NullifyAndFinalize.of(
                    DEEDS.nullify(1, 2), DEEDS.vote(BallotKind.FINALIZE, 2, 1, 2)));
  }

  @Test
  void aVoteThatItsSignerDidNotSignConvictsNobody() {
    Vote good = DEEDS.vote(BallotKind.NOTARIZE, 1, 1, 2);
    Vote borrowed = DEEDS.vote(BallotKind.NOTARIZE, 1, 2, 1);
    Vote forged = new Vote(borrowed.ballot(), 2, borrowed.signature());
    assertRefused(DuplicateVote.of(good, forged), Reason.BAD_SIGNATURE);
    Vote strange = new Vote(good.ballot(), 9, good.signature());
    Vote stranger = new Vote(borrowed.ballot(), 9, borrowed.signature());
    assertRefused(DuplicateVote.of(strange, stranger), Reason.UNKNOWN_SIGNER);
  }

  @Test
  void givingAViewUpAndFinalizingItConvicts() {
    Vote nullify = DEEDS.nullify(1, 3);
    Vote finalize = DEEDS.vote(BallotKind.FINALIZE, 1, 1, 3);
    assertConvicts(NullifyAndFinalize.of(finalize, nullify), Offence.Step.NULLIFY, 3);
    assertThat(NullifyAndFinalize.of(finalize, nullify))
        .isEqualTo(NullifyAndFinalize.of(nullify, finalize));
  }

  // ---- two proposals

  @Test
  void twoProposalsOfTheLeaderAreTheOffenceOfItsTwoVotes() {
    ConflictingProposal.Signed one = DEEDS.proposed(1, 1);
    ConflictingProposal.Signed other = DEEDS.proposed(1, 2);
    int leader = one.vote().signer();
    assertConvicts(ConflictingProposal.of(one, other), Offence.Step.NOTARIZE, leader);
    assertThat(verify(ConflictingProposal.of(other, one)))
        .isEqualTo(verify(DuplicateVote.of(one.vote(), other.vote())));
    assertThatIllegalArgumentException().isThrownBy(() -> ConflictingProposal.of(one, one));
  }

  @Test
  void onlyTheLeaderProposes() {
    ConflictingProposal.Signed one = DEEDS.signed(1, 1, 3);
    ConflictingProposal.Signed other = DEEDS.signed(1, 2, 3);
    assertRefused(ConflictingProposal.of(one, other), Reason.NOT_THE_LEADER);
  }

  @Test
  void aVoteForAnotherBlockIsNoSignatureOfAProposal() {
    Vote vote = DEEDS.vote(BallotKind.NOTARIZE, 1, 2, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConflictingProposal.Signed(DEEDS.header(1, 1), vote));
  }

  // ---- two vertices

  @Test
  void twoVerticesOfOneSequenceConvictTheirAuthorBeforeAnybody() {
    ConflictingVertices evidence = DEEDS.vertices(2, 5);
    assertThat(verify(Evidence.decode(evidence.encode())))
        .isEqualTo(new Convicted(List.of(DEEDS.offence(2, 5, Offence.Step.ATTEST))));
    assertThat(evidence.encode()).as("what the DAG spreads").isEqualTo(evidence.proof().encode());
  }

  @Test
  void verticesThatTheirAuthorDidNotSignConvictNobody() {
    DagEquivocation real = DEEDS.vertices(2, 5).proof();
    assertRefused(moved(real, 1), Reason.BAD_SIGNATURE);
    assertRefused(moved(real, 9), Reason.UNKNOWN_SIGNER);
  }

  private static ConflictingVertices moved(DagEquivocation proof, int author) {
    return new ConflictingVertices(
        new DagEquivocation(
            proof.chainId(),
            proof.epoch(),
            author,
            proof.sequence(),
            proof.firstBody(),
            proof.firstSignature(),
            proof.secondBody(),
            proof.secondSignature()));
  }

  // ---- two certificates

  @Test
  void whoSignedBothCertificatesOfAViewIsConvicted() {
    var one = DEEDS.certificate(DEEDS.ballot(BallotKind.NOTARIZE, 1, 1), 0, 1, 2);
    var other = DEEDS.certificate(DEEDS.ballot(BallotKind.NOTARIZE, 1, 2), 1, 2, 3);
    assertConvicts(ConflictingCertificates.of(one, other), Offence.Step.NOTARIZE, 1, 2);
    assertThat(ConflictingCertificates.of(other, one).digest())
        .isEqualTo(ConflictingCertificates.of(one, other).digest());
  }

  @Test
  void aFinalizationAndANullificationOfAViewConvictWhoSignedBoth() {
    var skipped = DEEDS.certificate(DEEDS.nullify(1), 0, 1, 2);
    var finalized = DEEDS.certificate(DEEDS.ballot(BallotKind.FINALIZE, 1, 1), 1, 2, 3);
    assertConvicts(ConflictingCertificates.of(finalized, skipped), Offence.Step.NULLIFY, 1, 2);
  }

  /** Honest members may notarize one of a leader's two blocks and finalize the other. */
  @Test
  void certificatesThatHonestMembersCanSignConvictNobody() {
    var notarized = DEEDS.certificate(DEEDS.ballot(BallotKind.NOTARIZE, 1, 1), 0, 1, 2);
    for (var other :
        List.of(
            DEEDS.certificate(DEEDS.ballot(BallotKind.FINALIZE, 1, 2), 1, 2, 3),
            DEEDS.certificate(DEEDS.nullify(1), 1, 2, 3),
            DEEDS.certificate(DEEDS.ballot(BallotKind.NOTARIZE, 2, 2), 1, 2, 3),
            notarized)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ConflictingCertificates.of(notarized, other));
    }
  }

  @Test
  void aCertificateWithoutAQuorumOrWithABadSignatureConvictsNobody() {
    var one = DEEDS.certificate(DEEDS.ballot(BallotKind.NOTARIZE, 1, 1), 0, 1, 2);
    var few = DEEDS.certificate(DEEDS.ballot(BallotKind.NOTARIZE, 1, 2), 1, 2);
    assertRefused(ConflictingCertificates.of(one, few), Reason.BAD_CERTIFICATE);
    var borrowed = DEEDS.certificate(DEEDS.ballot(BallotKind.NOTARIZE, 1, 3), 1, 2, 3);
    var forged =
        new dev.qudag.consensus.simplex.message.Certificate(
            DEEDS.ballot(BallotKind.NOTARIZE, 1, 2), borrowed.signers(), borrowed.signatures());
    assertRefused(ConflictingCertificates.of(one, forged), Reason.BAD_CERTIFICATE);
  }
}
