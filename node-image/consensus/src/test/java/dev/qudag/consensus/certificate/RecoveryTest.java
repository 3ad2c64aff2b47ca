package dev.qudag.consensus.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.qudag.consensus.certificate.Verification.NotProven;
import dev.qudag.consensus.certificate.Verification.Reason;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.identity.Predecessor;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is left of a chain of three epochs, in the last of which a commit landed. */
class RecoveryTest {
  private final TestingEpochs epochs = new TestingEpochs();
  private final Genesis genesis = epochs.chain.genesis();

  private Recovery recovery(
      DecisionCertificate certificate, LandingDecision decision, Seal... seals) {
    return new Recovery(
        genesis, Optional.of(new Recovery.Landed(certificate, decision)), List.of(seals));
  }

  private static void assertRefused(Recovery recovery, Reason reason) {
    assertThat(recovery.refusal()).map(NotProven::reason).contains(reason);
  }

  private static List<VerifyingKey> keys(SigningKey... keys) {
    return Stream.of(keys).map(SigningKey::verifyingKey).toList();
  }

  @Test
  void provesTheCommitThatLandedLast() {
    Recovery recovery = recovery(epochs.inTwo, epochs.merge, epochs.seal0, epochs.seal1);
    assertThat(recovery.refusal()).isEmpty();
    assertThat(recovery.head()).isEqualTo(epochs.merge.commit());
    assertThat(recovery.predecessor())
        .isEqualTo(new Predecessor(genesis.digest(), genesis.chainId(), 3));
    assertThat(Recovery.decode(recovery.encode())).isEqualTo(recovery);
  }

  @Test
  void beginsWhereGenesisDidWhenNothingHadLanded() {
    Recovery recovery = new Recovery(genesis, Optional.empty(), List.of());
    assertThat(recovery.refusal()).isEmpty();
    assertThat(recovery.head()).isEqualTo(genesis.head());
    assertThat(recovery.predecessor().height()).isZero();
    assertThat(Recovery.decode(recovery.encode())).isEqualTo(recovery);
  }

  @Test
  void believesNoSetThatNoSealProves() {
    assertRefused(recovery(epochs.inTwo, epochs.merge), Reason.WRONG_VALIDATOR_SET);
    assertRefused(recovery(epochs.inTwo, epochs.merge, epochs.seal1), Reason.BROKEN_SEAL_CHAIN);
    Seal forged =
        new Seal(
            epochs.proof(
                epochs.zero.set(),
                epochs.firstChange,
                List.of(epochs.fourth, epochs.fifth, epochs.chain.validator(0))),
            epochs.firstChange);
    assertRefused(recovery(epochs.inOne, epochs.merge, forged), Reason.BROKEN_SEAL_CHAIN);
    assertRefused(
        new Recovery(genesis, Optional.empty(), List.of(forged)), Reason.BROKEN_SEAL_CHAIN);
  }

  @Test
  void refusesAnotherLandingThanTheCertificates() {
    LandingDecision other = epochs.chain.merge(epochs.one, "b");
    assertRefused(recovery(epochs.inOne, other, epochs.seal0), Reason.OTHER_DECISION);
  }

  @Test
  void refusesALandingThatAStrangerSigned() {
    DecisionCertificate forged =
        epochs.proof(
            epochs.one.set(),
            epochs.merge,
            List.of(epochs.chain.validator(1), epochs.chain.validator(2), epochs.fifth));
    assertRefused(recovery(forged, epochs.merge, epochs.seal0), Reason.BAD_SIGNATURE);
  }

  /** Of the last set, 2, 3, 4 and 5, three decide. */
  @Test
  void tellsWhetherThoseWhoAreLeftCanGoOn() {
    Recovery recovery = recovery(epochs.inTwo, epochs.merge, epochs.seal0, epochs.seal1);
    SigningKey second = epochs.chain.validator(2);
    SigningKey third = epochs.chain.validator(3);
    assertThat(recovery.canGoOn(keys(second, third, epochs.fifth))).isTrue();
    assertThat(recovery.canGoOn(keys(second, third))).isFalse();
    assertThat(
            recovery.canGoOn(
                keys(second, third, epochs.chain.validator(0), epochs.chain.validator(1))))
        .as("those who left do not count")
        .isFalse();
  }

  @Test
  void refusesOtherBytes() {
    assertThatExceptionOfType(MalformedEncodingException.class)
        .isThrownBy(() -> Recovery.decode(genesis.encode()));
  }
}
