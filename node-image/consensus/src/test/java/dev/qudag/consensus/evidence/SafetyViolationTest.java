package dev.qudag.consensus.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.certificate.ValidatorSets;
import dev.qudag.consensus.chain.TestingChain;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Finality;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SafetyViolationTest {
  private final TestingChain chain = new TestingChain(4);
  private final TestingDeeds deeds = new TestingDeeds(chain, 0);
  private final ValidatorSet set = ValidatorSets.of(chain.genesis());

  private Finality finality(long view, int variant, int... signers) {
    Certificate certificate =
        deeds.certificate(deeds.ballot(BallotKind.FINALIZE, view, variant), signers);
    return new Finality(certificate, List.of(deeds.header(view, variant)));
  }

  /** Honest members are among the signers of both: neither vote excludes the other. */
  @Test
  void finalizationsOfTwoViewsNameNobody() {
    SafetyViolation violation =
        SafetyViolation.of(finality(1, 1, 0, 1, 2), finality(2, 2, 1, 2, 3), set).orElseThrow();
    assertThat(violation.culprits(Optional.empty())).isEmpty();
    Certificate notOfThoseViews = deeds.certificate(deeds.nullify(3), 1, 2, 3);
    assertThat(violation.culprits(Optional.of(notOfThoseViews))).isEmpty();
    Certificate notANullification =
        deeds.certificate(deeds.ballot(BallotKind.NOTARIZE, 1, 2), 1, 2, 3);
    assertThat(violation.culprits(Optional.of(notANullification))).isEmpty();
  }

  /** It comes from a peer, so it may be anything. */
  @Test
  void aNullificationOfAnotherChainOrEpochNamesNobody() {
    SafetyViolation violation =
        SafetyViolation.of(finality(1, 1, 0, 1, 2), finality(2, 2, 1, 2, 3), set).orElseThrow();
    TestingDeeds later = new TestingDeeds(chain, 1);
    TestingDeeds elsewhere = new TestingDeeds(new TestingChain(4), 0);
    for (TestingDeeds foreign : List.of(later, elsewhere)) {
      Certificate skipped = foreign.certificate(foreign.nullify(1), 1, 2, 3);
      assertThat(violation.culprits(Optional.of(skipped))).isEmpty();
    }
  }

  @Test
  void aNullificationOfAFinalizedViewNamesWhoSignedBoth() {
    Finality first = finality(1, 1, 0, 1, 2);
    SafetyViolation violation =
        SafetyViolation.of(first, finality(2, 2, 1, 2, 3), set).orElseThrow();
    Certificate skipped = deeds.certificate(deeds.nullify(1), 1, 2, 3);
    assertThat(violation.culprits(Optional.of(skipped)))
        .contains(ConflictingCertificates.of(skipped, first.certificate()));
  }

  @Test
  void finalizationsOfOneViewNameWhoSignedBoth() {
    SafetyViolation violation =
        SafetyViolation.of(finality(1, 1, 0, 1, 2), finality(1, 2, 1, 2, 3), set).orElseThrow();
    assertThat(violation.culprits(Optional.empty())).isPresent();
  }

  @Test
  void whatIsNotProvenOrDoesNotConflictIsNoViolation() {
    Finality good = finality(1, 1, 0, 1, 2);
    assertThat(SafetyViolation.of(good, finality(1, 1, 1, 2, 3), set)).isEmpty();
    assertThat(SafetyViolation.of(good, finality(2, 2, 1, 2), set)).as("no quorum").isEmpty();
  }
}
