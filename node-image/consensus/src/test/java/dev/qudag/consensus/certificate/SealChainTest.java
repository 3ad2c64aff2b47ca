package dev.qudag.consensus.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.qudag.consensus.certificate.Verification.NotProven;
import dev.qudag.consensus.certificate.Verification.Proven;
import dev.qudag.consensus.certificate.Verification.Reason;
import dev.qudag.consensus.chain.DecisionRules;
import dev.qudag.consensus.chain.TestingChain;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From genesis to a set that genesis never knew, by real signatures. */
class SealChainTest {
  private final TestingEpochs epochs = new TestingEpochs();

  private Verification verify(DecisionCertificate certificate, Seal... seals) {
    return CertificateVerifier.verify(
        certificate.encode(),
        epochs.chain.genesis().encode(),
        epochs.chain.genesis().digest(),
        Arrays.stream(seals).map(Seal::encode).toList());
  }

  private void assertNotProven(Verification result, Reason reason) {
    assertThat(result)
        .isInstanceOfSatisfying(NotProven.class, no -> assertThat(no.reason()).isEqualTo(reason));
  }

  @Test
  void provesADecisionOfALaterEpoch() {
    assertThat(verify(epochs.inOne, epochs.seal0))
        .isInstanceOfSatisfying(
            Proven.class,
            proven ->
                assertThat(proven.signers()).containsExactly("hello-v1", "hello-v2", "hello-v3"));
    assertThat(verify(epochs.inTwo, epochs.seal0, epochs.seal1)).isInstanceOf(Proven.class);
  }

  /** From the next epoch on the old key's signature is nobody's. */
  @Test
  void followsAValidatorToItsNextKey() {
    MemberSet zero = epochs.zero.set();
    SigningKey renewed = SigningKey.generate();
    Member old = zero.withIndex(2).orElseThrow();
    Member with =
        new Member(2, old.name(), renewed.verifyingKey(), old.tlsFingerprint(), old.weight());
    SetChange change =
        SetChange.of(epochs.chain.genesis().chainId(), zero, List.of(2), List.of(with));
    SetDecision rotation = SetDecision.rotate(change, epochs.chain.validator(2));
    assertThat(DecisionRules.check(epochs.zero, rotation)).isEmpty();
    Seal seal = new Seal(epochs.proof(zero, rotation, epochs.keysOfZero), rotation);
    MemberSet one = zero.change(List.of(2), List.of(with));
    SigningKey first = epochs.chain.validator(0);
    SigningKey second = epochs.chain.validator(1);

    assertThat(verify(epochs.proof(one, epochs.merge, List.of(first, second, renewed)), seal))
        .isInstanceOf(Proven.class);
    assertNotProven(
        verify(
            epochs.proof(one, epochs.merge, List.of(first, second, epochs.chain.validator(2))),
            seal),
        Reason.BAD_SIGNATURE);
  }

  @Test
  void looksAtNoMoreSealsThanItNeeds() {
    assertThat(verify(epochs.inOne, epochs.seal0, epochs.seal1)).isInstanceOf(Proven.class);
    assertThat(
            verify(epochs.proof(epochs.zero.set(), epochs.merge, epochs.keysOfZero), epochs.seal0))
        .isInstanceOf(Proven.class);
  }

  @Test
  void needsEverySealBefore() {
    assertNotProven(verify(epochs.inOne), Reason.WRONG_VALIDATOR_SET);
    assertNotProven(verify(epochs.inTwo, epochs.seal0), Reason.WRONG_VALIDATOR_SET);
    assertNotProven(verify(epochs.inTwo, epochs.seal1), Reason.BROKEN_SEAL_CHAIN);
    assertNotProven(verify(epochs.inTwo, epochs.seal1, epochs.seal0), Reason.BROKEN_SEAL_CHAIN);
  }

  /** Who joins in an epoch does not seal it: the set that is there decides who comes. */
  @Test
  void aSealIsSignedByTheSetOfItsEpoch() {
    List<SigningKey> withNewcomers =
        List.of(epochs.fourth, epochs.fifth, epochs.chain.validator(2));
    Seal forged =
        new Seal(
            epochs.proof(epochs.zero.set(), epochs.firstChange, withNewcomers), epochs.firstChange);
    assertNotProven(verify(epochs.inOne, forged), Reason.BROKEN_SEAL_CHAIN);
  }

  @Test
  void aSealIsOfTheChangeThatWasFinalAndOfItsEpoch() {
    SetDecision other =
        epochs.chain.change(
            epochs.zero, List.of(3), List.of(TestingChain.newcomer(4, epochs.fifth)));
    assertNotProven(
        verify(epochs.inOne, new Seal(epochs.seal0.certificate(), other)),
        Reason.BROKEN_SEAL_CHAIN);
    Seal ofAnotherEpoch =
        new Seal(
            epochs.proof(epochs.zero.set(), epochs.secondChange, epochs.keysOfZero),
            epochs.secondChange);
    assertNotProven(verify(epochs.inOne, ofAnotherEpoch), Reason.BROKEN_SEAL_CHAIN);
  }

  @Test
  void tellsTheSetThatASealLeavesAndOfAnotherNothing() {
    CertificateVerifier genesis = CertificateVerifier.of(epochs.chain.genesis());
    assertThat(genesis.setAfter(epochs.seal0)).isEqualTo(epochs.one.set());
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> genesis.setAfter(epochs.seal1))
        .withMessageContaining("the seal of epoch 0");
  }

  @Test
  void aSealSurvivesItsEncodingAndHoldsASetChange() {
    assertThat(Seal.decode(epochs.seal0.encode())).isEqualTo(epochs.seal0);
    byte[] encoded = epochs.seal0.encode();
    for (int length = 0; length < encoded.length; length += 1 + length / 20) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThatExceptionOfType(MalformedEncodingException.class)
          .isThrownBy(() -> Seal.decode(cut));
    }
  }
}
