package dev.qudag.node.validator.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.attestation.Verdicts;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import org.junit.jupiter.api.Test;

/** Decisions that no block comes to order, and that the chain does not leave behind either. */
class DecisionPoolExpiryTest {
  private static final Bytes SIGNATURE = Bytes.of(new byte[VerifyingKey.SIGNATURE_SIZE]);

  /** Nothing of the engine's changes leaves such a decision behind: a million are to come first. */
  private final Decision decision =
      new EngineDecision(
          Digest.ZERO, 1_000_000, Digest.ZERO, Digest.sha256(new byte[] {1}), SIGNATURE);

  private final DecisionPool pool =
      new DecisionPool(TestingMembers.ofWeights(1, 1, 1, 1), new PoolLimits(64, 1 << 20, 3));

  @Test
  void aRejectedDecisionThatTheChainNeverLeavesBehindEndsAfter64Blocks() {
    pool.add(new Brought(new Bringer.Swarm(), decision));
    for (int author = 0; author < 3; author++) {
      say(author, Verdict.REJECT);
    }
    assertThat(pool.reject(pool.verdictOn(decision.digest()).orElseThrow())).isEmpty();
    assertEndsAfter64Blocks();
  }

  @Test
  void aHungDecisionThatTheChainNeverLeavesBehindEndsAfter64Blocks() {
    pool.add(new Brought(new Bringer.Swarm(), decision));
    for (int author = 0; author < 4; author++) {
      say(author, author < 2 ? Verdict.APPROVE : Verdict.REJECT);
    }
    assertThat(pool.outcome(decision.digest())).contains(Verdicts.Outcome.HUNG);
    assertEndsAfter64Blocks();
  }

  @Test
  void anOpenDecisionWaitsAsLongAsItTakes() {
    pool.add(new Brought(new Bringer.Swarm(), decision));
    say(0, Verdict.REJECT);
    assertThat(pool.expire(10)).isEmpty();
    assertThat(pool.expire(1000)).isEmpty();
    assertThat(pool.isOpen(decision.digest())).isTrue();
  }

  private void assertEndsAfter64Blocks() {
    assertThat(pool.expire(10)).isEmpty();
    assertThat(pool.expire(73)).isEmpty();
    assertThat(pool.expire(74)).containsExactly(decision.digest());
    assertThat(pool.isDone(decision.digest())).isTrue();
    assertThat(pool.expire(75)).isEmpty();
  }

  private void say(int author, Verdict verdict) {
    String reason = verdict == Verdict.REJECT ? "EngineMismatch" : "";
    Attestation.Content content =
        new Attestation.Content(
            Digest.ZERO, 0, author, 0, Digest.ZERO, decision.digest(), verdict, reason);
    pool.add(content.withSignature(SIGNATURE));
  }
}
