package dev.qudag.node.validator.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.attestation.Verdicts.Outcome;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.OrderedDecision;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.consensus.chain.decision.PolicyChange;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.VerifyingKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much of the set has to approve, by kind and by weight. */
class DecisionPoolTest {
  private static final Digest CHAIN = digest("chain");
  private static final PoolLimits LIMITS = new PoolLimits(64, 1 << 20, 3);
  private static final SigningKey OPERATOR = SigningKey.generate();

  private final DecisionPool pool = new DecisionPool(TestingMembers.ofWeights(1, 1, 1, 1), LIMITS);
  private final Decision engine =
      EngineDecision.sign(CHAIN, 0, Digest.ZERO, digest("engine"), OPERATOR);
  private final Decision policy =
      PolicyDecision.sign(
          new PolicyChange(CHAIN, 0, digest("old"), new Policy(List.of(), List.of())), OPERATOR);

  @Test
  void anEngineChangeIsReadyWithTheApprovalsOfAll() {
    pool.add(bySwarm(engine));
    say(engine, Verdict.APPROVE, 0, 1, 2);
    assertThat(pool.ready()).as("a quorum is not enough").isEmpty();
    assertThat(pool.outcome(engine.digest())).contains(Outcome.OPEN);
    say(engine, Verdict.APPROVE, 3);
    assertThat(pool.outcome(engine.digest())).contains(Outcome.APPROVED);
    assertThat(pool.ready()).singleElement().satisfies(bytes -> approvedBy(bytes, 0, 1, 2, 3));
    assertThat(required()).isEqualTo(4);
  }

  @Test
  void anEngineChangeThatOneRejectsIsHung() {
    pool.add(bySwarm(engine));
    say(engine, Verdict.APPROVE, 0, 1, 2);
    say(engine, Verdict.REJECT, 3);
    assertThat(pool.outcome(engine.digest())).contains(Outcome.HUNG);
    assertThat(pool.verdictOn(engine.digest())).isEmpty();
    assertThat(pool.ready()).isEmpty();
  }

  @Test
  void anEngineChangeThatAQuorumRejectsHasEnded() {
    pool.add(bySwarm(engine));
    say(engine, Verdict.REJECT, 1, 2, 3);
    RejectedDecision rejected = pool.verdictOn(engine.digest()).orElseThrow();
    pool.reject(rejected);
    assertThat(required()).isEqualTo(4);
  }

  /** The kind is not known while only words about the decision have come. */
  @Test
  void whatWasSaidBeforeTheDecisionCameCountsByItsKind() {
    say(engine, Verdict.APPROVE, 0, 1, 2);
    say(policy, Verdict.APPROVE, 1, 2, 3);
    pool.add(bySwarm(engine));
    pool.add(bySwarm(policy));
    assertThat(pool.ready()).singleElement().satisfies(bytes -> approvedBy(bytes, 1, 2, 3));
  }

  @Test
  void weightIsCountedNotHeads() {
    DecisionPool weighted = new DecisionPool(TestingMembers.ofWeights(4, 4, 3, 1, 1), LIMITS);
    weighted.add(bySwarm(policy));
    say(weighted, policy, Verdict.APPROVE, 0, 1);
    say(weighted, policy, Verdict.REJECT, 4);
    assertThat(weighted.ready()).as("8 of 9").isEmpty();
    assertThat(weighted.standings())
        .containsExactly(new DecisionPool.Standing(policy.digest(), 8, 1, 9, List.of("")));
    say(weighted, policy, Verdict.APPROVE, 3);
    assertThat(weighted.ready()).singleElement().satisfies(bytes -> approvedBy(bytes, 0, 1, 3));
  }

  private static Brought bySwarm(Decision decision) {
    return new Brought(new Bringer.Swarm(), decision);
  }

  private long required() {
    return pool.standings().getFirst().required();
  }

  private static void approvedBy(Bytes ordered, Integer... authors) {
    assertThat(OrderedDecision.decode(ordered.toArray()).approvals())
        .extracting(Attestation::author)
        .containsExactly(authors);
  }

  private void say(Decision decision, Verdict verdict, int... authors) {
    say(pool, decision, verdict, authors);
  }

  private static void say(DecisionPool pool, Decision decision, Verdict verdict, int... authors) {
    for (int author : authors) {
      pool.add(
          new Attestation.Content(CHAIN, 0, author, 0, Digest.ZERO, decision.digest(), verdict, "")
              .withSignature(Bytes.of(new byte[VerifyingKey.SIGNATURE_SIZE])));
    }
  }

  private static Digest digest(String word) {
    return Digest.sha256(word.getBytes(StandardCharsets.UTF_8));
  }
}
