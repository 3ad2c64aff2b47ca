package dev.qudag.node.validator.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Decisions for a state that never comes, of which one validator brings as many as it can. */
class DecisionPoolShareTest {
  private static final Bytes SIGNATURE = Bytes.of(new byte[VerifyingKey.SIGNATURE_SIZE]);
  private static final Bringer SWARM = new Bringer.Swarm();
  private static final Bringer FLOODER = new Bringer.Validator(1);
  private static final Bringer HONEST = new Bringer.Validator(2);

  private final DecisionPool pool =
      new DecisionPool(TestingMembers.ofWeights(1, 1, 1, 1), new PoolLimits(60, 1 << 20, 3));
  private int made;

  @Test
  void aValidatorThatFillsItsShareLeavesThoseOfOthersAsTheyWere() {
    assertThat(fill(FLOODER)).hasSize(10);
    assertThat(fill(HONEST)).hasSize(10);
    assertThat(fill(SWARM)).hasSize(30);
    assertThat(pool.decisions()).as("nothing gave way").hasSize(50);
  }

  @Test
  void bytesAreCountedAsWellAsDecisions() {
    var narrow =
        new DecisionPool(
            TestingMembers.ofWeights(1, 1, 1, 1), new PoolLimits(600_000, 6 * 32 * 1024, 3));
    int held = 0;
    for (Decision next = next(); narrow.refusal(next, FLOODER).isEmpty(); next = next()) {
      narrow.add(new Brought(FLOODER, next));
      held++;
    }
    long size = Ledger.size(next());
    assertThat(held * size).isBetween(32 * 1024 - size, 32L * 1024);
    assertThat(narrow.refusal(next(), HONEST)).isEmpty();
  }

  @Test
  void aRefusalNamesWhatTheBringerHoldsAndMayHold() {
    fill(FLOODER);
    assertThat(pool.refusal(next(), FLOODER).orElseThrow())
        .matches(
            "no room for a decision of \\d+ bytes: validator-1 brought 10 of 10 that wait, "
                + "\\d+ of 174762 bytes");
  }

  @Test
  void whatAQuorumApprovesStaysWhateverItsBringerDoes() {
    List<Decision> brought = fill(FLOODER);
    say(brought.getFirst(), Verdict.APPROVE, 4);
    for (int i = 0; i < 100; i++) {
      assertThat(pool.refusal(next(), FLOODER)).isPresent();
    }
    fill(HONEST).forEach(this::reject);
    fill(HONEST).forEach(this::reject);
    assertThat(pool.ready()).hasSize(1);
  }

  @Test
  void whatTheSwarmWantsTooIsNoLongerCountedAsItsFirstBringers() {
    List<Decision> brought = fill(FLOODER);
    assertThat(pool.vouch(brought.getFirst().digest())).isTrue();
    assertThat(pool.vouch(brought.getFirst().digest())).as("again").isFalse();
    assertThat(fill(FLOODER)).hasSize(1);
    assertThat(fill(SWARM)).hasSize(29);
  }

  @Test
  void theSwarmsRoomIsNotFilledByWhatItVouchesFor() {
    List<Decision> brought = fill(FLOODER);
    fill(SWARM);
    assertThat(pool.vouch(brought.getFirst().digest())).isFalse();
    assertThat(pool.refusal(next(), FLOODER)).isPresent();
  }

  @Test
  void rejectedDecisionsOfOneGiveWayToItsOwnOnly() {
    Decision reasoned = fill(SWARM).getFirst();
    assertThat(reject(reasoned)).isEmpty();
    List<Digest> gaveWay = new ArrayList<>();
    List<Decision> first = fill(FLOODER);
    first.forEach(decision -> gaveWay.addAll(reject(decision)));
    fill(FLOODER).forEach(decision -> gaveWay.addAll(reject(decision)));
    assertThat(gaveWay).containsExactlyElementsOf(first.stream().map(Decision::digest).toList());
    assertThat(pool.rejected()).hasSize(11).contains(reasoned);
  }

  @Test
  void thisValidatorStandsForWhatTheSwarmBroughtAndWhatItApproves() {
    List<Decision> brought = fill(FLOODER);
    Decision wanted = fill(SWARM).getFirst();
    Decision approved = brought.get(1);
    Decision vouched = brought.get(2);
    say(approved, Verdict.APPROVE, 1);
    pool.finish(wanted.digest());
    pool.vouch(vouched.digest());
    assertThat(pool.vouchedFor(0)).containsKeys(approved.digest(), vouched.digest()).hasSize(31);
    assertThat(pool.vouchedFor(1)).doesNotContainKey(approved.digest());
  }

  @Test
  void whatEndsGivesItsRoomBack() {
    fill(FLOODER).forEach(decision -> pool.finish(decision.digest()));
    assertThat(fill(FLOODER)).hasSize(10);
    assertThat(pool.decisions()).hasSize(10);
  }

  /** Brings decisions as long as there is room. */
  private List<Decision> fill(Bringer bringer) {
    List<Decision> brought = new ArrayList<>();
    for (Decision next = next(); pool.refusal(next, bringer).isEmpty(); next = next()) {
      assertThat(pool.add(new Brought(bringer, next))).isTrue();
      brought.add(next);
    }
    return brought;
  }

  /** Made for a state that never comes. */
  private Decision next() {
    return new EngineDecision(
        Digest.ZERO, 1_000_000 + made++, Digest.ZERO, Digest.sha256(new byte[] {1}), SIGNATURE);
  }

  private List<Digest> reject(Decision decision) {
    say(decision, Verdict.REJECT, 3);
    return pool.reject(pool.verdictOn(decision.digest()).orElseThrow());
  }

  private void say(Decision decision, Verdict verdict, int authors) {
    for (int author = 0; author < authors; author++) {
      pool.add(
          new Attestation.Content(
                  Digest.ZERO, 0, author, 0, Digest.ZERO, decision.digest(), verdict, "")
              .withSignature(SIGNATURE));
    }
  }
}
