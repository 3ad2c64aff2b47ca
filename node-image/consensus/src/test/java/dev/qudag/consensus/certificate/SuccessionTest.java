package dev.qudag.consensus.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.certificate.Verification.NotProven;
import dev.qudag.consensus.certificate.Verification.Reason;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.TestingChain;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.consensus.chain.identity.OperatorIdentity;
import dev.qudag.consensus.chain.identity.Predecessor;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who may begin a new chain in the place of one that cannot go on, and who believes it. */
class SuccessionTest {
  private static final SigningKey ADMIN = SigningKey.generate();

  private final Genesis unguarded = new TestingChain(4).genesis();
  private final Genesis guarded =
      new TestingChain(4, List.of(SigningKey.generate().verifyingKey(), ADMIN.verifyingKey()))
          .genesis();
  private final Genesis fresh = new TestingChain(4).genesis();

  private Genesis successor(Genesis before, OperatorIdentity operator, String branch) {
    return new Genesis(
            fresh.nonce(),
            fresh.swarm(),
            branch,
            fresh.head(),
            operator,
            fresh.hub(),
            fresh.members(),
            fresh.policy(),
            fresh.viewTimeoutMillis(),
            before.adminKeys())
        .inPlaceOf(new Predecessor(before.digest(), before.chainId(), 7));
  }

  private Genesis successor(Genesis before) {
    return successor(before, before.operator(), before.branch());
  }

  private static Optional<AdminSignature> signed(Genesis successor, SigningKey key) {
    return Optional.of(AdminSignature.sign(successor.encode(), key));
  }

  private static void assertBroken(Optional<NotProven> broken, Reason reason) {
    assertThat(broken).map(NotProven::reason).contains(reason);
  }

  private static Optional<NotProven> broken(
      Genesis before, Genesis after, Optional<Digest> toldToo, Optional<AdminSignature> signature) {
    return Succession.broken(before.encode(), before.digest(), after.encode(), toldToo, signature);
  }

  @Test
  void theOperatorsWordIsEnoughWhereGenesisNamesNobodyElse() {
    assertThat(Succession.refusal(unguarded, successor(unguarded), Optional.empty())).isEmpty();
    assertThat(
            Succession.refusal(
                unguarded,
                successor(unguarded, fresh.operator(), unguarded.branch()),
                Optional.empty()))
        .hasValueSatisfying(why -> assertThat(why).contains("another operator"));
  }

  @Test
  void anAdministratorSignsTheWholeGenesisOfTheSuccessor() {
    Genesis successor = successor(guarded);
    assertThat(Succession.refusal(guarded, successor, signed(successor, ADMIN))).isEmpty();
    Genesis withOtherNodes = successor(guarded, fresh.operator(), guarded.branch());
    assertThat(Succession.refusal(guarded, withOtherNodes, signed(successor, ADMIN)))
        .as("a signature over another genesis")
        .isPresent();
    assertThat(Succession.refusal(guarded, withOtherNodes, signed(withOtherNodes, ADMIN)))
        .as("the person has seen the other operator")
        .isEmpty();
  }

  @Test
  void nobodyElseSignsWhereGenesisNamesAdministrators() {
    Genesis successor = successor(guarded);
    assertThat(Succession.refusal(guarded, successor, Optional.empty())).isPresent();
    assertThat(Succession.refusal(guarded, successor, signed(successor, SigningKey.generate())))
        .isPresent();
  }

  @Test
  void takesThePlaceOfTheChainThatItNamesAlone() {
    assertThat(Succession.refusal(unguarded, fresh, Optional.empty()))
        .hasValueSatisfying(why -> assertThat(why).contains("no other chain"));
    assertThat(Succession.refusal(unguarded, successor(guarded), Optional.empty()))
        .hasValueSatisfying(why -> assertThat(why).contains(guarded.chainId().hex()));
    Genesis ofAnotherBranch = successor(unguarded, unguarded.operator(), "refs/heads/other");
    assertThat(Succession.refusal(unguarded, ofAnotherBranch, Optional.empty()))
        .hasValueSatisfying(why -> assertThat(why).contains("refs/heads/other"));
  }

  /** Whoever was told one fingerprint follows an administrator, and nobody else. */
  @Test
  void aStrangerBelievesASignatureOrBothFingerprints() {
    Genesis successor = successor(guarded);
    assertThat(broken(guarded, successor, Optional.empty(), signed(successor, ADMIN))).isEmpty();
    assertBroken(
        broken(guarded, successor, Optional.empty(), Optional.empty()), Reason.NOT_THE_SUCCESSOR);
    assertThat(broken(guarded, successor, Optional.of(successor.digest()), Optional.empty()))
        .isEmpty();
    Genesis unsigned = successor(unguarded);
    assertBroken(
        broken(unguarded, unsigned, Optional.empty(), signed(unsigned, ADMIN)),
        Reason.NOT_THE_SUCCESSOR);
    assertThat(broken(unguarded, unsigned, Optional.of(unsigned.digest()), Optional.empty()))
        .isEmpty();
  }

  @Test
  void aStrangerRefusesAnotherGenesisAndOtherBytes() {
    Genesis successor = successor(guarded);
    assertBroken(
        Succession.broken(
            guarded.encode(),
            unguarded.digest(),
            successor.encode(),
            Optional.empty(),
            signed(successor, ADMIN)),
        Reason.WRONG_GENESIS);
    assertBroken(
        Succession.broken(
            guarded.encode(),
            guarded.digest(),
            new byte[] {1, 2, 3},
            Optional.empty(),
            Optional.empty()),
        Reason.MALFORMED);
    assertBroken(
        broken(guarded, fresh, Optional.of(fresh.digest()), Optional.empty()),
        Reason.NOT_THE_SUCCESSOR);
  }
}
