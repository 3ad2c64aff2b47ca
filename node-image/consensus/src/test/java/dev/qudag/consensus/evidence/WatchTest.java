package dev.qudag.consensus.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.TestingChain;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.consensus.simplex.message.Progress;
import dev.qudag.consensus.simplex.message.Proposal;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.VerifyingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchTest {
  private final TestingChain chain = new TestingChain(4);
  private final TestingDeeds deeds = new TestingDeeds(chain, 0);
  private final Watch watch = new Watch(chain.genesis().chainId(), chain.genesis().set());

  private List<Evidence> observe(Message... messages) {
    List<Evidence> found = new ArrayList<>();
    for (Message message : messages) {
      found.addAll(watch.observe(message));
    }
    return found;
  }

  private Proposal proposal(long view, int variant) {
    ConflictingProposal.Signed signed = deeds.proposed(view, variant);
    return new Proposal(
        new Block(signed.header(), Bytes.EMPTY), signed.vote(), Optional.empty(), List.of());
  }

  @Test
  void findsNothingInWhatHonestMembersSay() {
    assertThat(
            observe(
                proposal(1, 1),
                proposal(1, 1),
                deeds.vote(BallotKind.NOTARIZE, 1, 1, 2),
                deeds.vote(BallotKind.NOTARIZE, 1, 1, 2),
                deeds.nullify(1, 2),
                deeds.vote(BallotKind.FINALIZE, 1, 1, 3),
                deeds.certificate(deeds.ballot(BallotKind.NOTARIZE, 1, 1), 0, 1, 2),
                deeds.vote(BallotKind.NOTARIZE, 2, 2, 2),
                new Progress(3, 1, false)))
        .isEmpty();
  }

  @Test
  void findsTwoVotesForTwoBlocksOnce() {
    Vote one = deeds.vote(BallotKind.NOTARIZE, 1, 1, 2);
    Vote other = deeds.vote(BallotKind.NOTARIZE, 1, 2, 2);
    assertThat(observe(one, other)).containsExactly(DuplicateVote.of(one, other));
    assertThat(observe(one, other, deeds.vote(BallotKind.NOTARIZE, 1, 3, 2)))
        .as("the offence was reported")
        .isEmpty();
  }

  @Test
  void findsTwoProposals() {
    assertThat(observe(proposal(1, 1), proposal(1, 2)))
        .singleElement()
        .isInstanceOf(ConflictingProposal.class);
  }

  @Test
  void findsAViewGivenUpAndFinalizedAlsoWhenOneIsSeenInACertificateOnly() {
    Vote nullify = deeds.nullify(1, 3);
    assertThat(
            observe(nullify, deeds.certificate(deeds.ballot(BallotKind.FINALIZE, 1, 1), 1, 2, 3)))
        .singleElement()
        .isInstanceOfSatisfying(
            NullifyAndFinalize.class,
            found -> assertThat(found.nullification()).isEqualTo(nullify));
  }

  @Test
  void findsConflictingCertificatesAndReportsTheirSignersOnce() {
    var one = deeds.certificate(deeds.ballot(BallotKind.FINALIZE, 1, 1), 0, 1, 2);
    var other = deeds.certificate(deeds.ballot(BallotKind.FINALIZE, 1, 2), 1, 2, 3);
    assertThat(observe(one, other)).containsExactly(ConflictingCertificates.of(one, other));
  }

  /** Whoever is first with a forged vote must not hide the real ones. */
  @Test
  void aForgedVoteConvictsNobodyAndHidesNothing() {
    Vote good = deeds.vote(BallotKind.NOTARIZE, 1, 1, 2);
    Vote borrowed = deeds.vote(BallotKind.NOTARIZE, 1, 3, 1);
    Vote forged = new Vote(borrowed.ballot(), 2, borrowed.signature());
    assertThat(observe(forged, good, forged)).isEmpty();
    assertThat(observe(deeds.vote(BallotKind.NOTARIZE, 1, 2, 2))).hasSize(1);
  }

  @Test
  void aForgedCertificateHidesNoGoodOne() {
    Certificate good = deeds.certificate(deeds.ballot(BallotKind.FINALIZE, 1, 1), 0, 1, 2);
    Ballot another = deeds.ballot(BallotKind.FINALIZE, 1, 2);
    Certificate forged = new Certificate(another, good.signers(), good.signatures());
    assertThat(observe(good, forged)).isEmpty();
    Certificate other = deeds.certificate(deeds.ballot(BallotKind.FINALIZE, 1, 3), 0, 1, 2);
    assertThat(observe(other)).containsExactly(ConflictingCertificates.of(good, other));
  }

  /** It would be kept in place of one that is somebody's, and be as long as its sender likes. */
  @Test
  void aCertificateThatCannotBeTheSetsIsNotKept() {
    Certificate good = deeds.certificate(deeds.ballot(BallotKind.FINALIZE, 1, 1), 0, 1, 2);
    List<Bytes> outsiders = new ArrayList<>(good.signatures());
    outsiders.add(good.signatures().getFirst());
    Certificate ofAnOutsider = new Certificate(good.ballot(), Bytes.of((byte) 0b10111), outsiders);
    List<Bytes> longer = new ArrayList<>(good.signatures());
    longer.set(2, Bytes.of(new byte[VerifyingKey.SIGNATURE_SIZE + 1]));
    Certificate tooLong = new Certificate(good.ballot(), good.signers(), longer);
    Certificate other = deeds.certificate(deeds.ballot(BallotKind.FINALIZE, 1, 2), 0, 1, 2);
    assertThat(observe(ofAnOutsider, tooLong, good, other))
        .containsExactly(ConflictingCertificates.of(good, other));
  }

  @Test
  void watchesNoOtherEpochAndNoViewThatIsForgottenOrFarOff() {
    TestingDeeds later = new TestingDeeds(chain, 1);
    assertThat(
            observe(
                later.vote(BallotKind.NOTARIZE, 1, 1, 2), later.vote(BallotKind.NOTARIZE, 1, 2, 2)))
        .isEmpty();
    watch.forgetUpTo(5);
    long farOff = 6 + Watch.VIEWS_WATCHED;
    for (long view : List.of(5L, farOff)) {
      assertThat(
              observe(
                  deeds.vote(BallotKind.NOTARIZE, view, 1, 2),
                  deeds.vote(BallotKind.NOTARIZE, view, 2, 2)))
          .isEmpty();
    }
  }
}
