package dev.qudag.consensus.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.BlockPayload;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.DecisionPayloads;
import dev.qudag.consensus.chain.OrderedDecision;
import dev.qudag.consensus.chain.TestingChain;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.simplex.Effect;
import dev.qudag.crypto.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Four members with real keys order real decisions, and what they finalize is proven to a stranger.
 */
class SwarmOfFourTest {
  private final TestingChain chain = new TestingChain(4);
  private final TestingEpoch epoch =
      TestingEpoch.first(
          chain.genesis(),
          chain.state(),
          IntStream.range(0, 4).mapToObj(chain::validator).toList());

  @Test
  void aFinalDecisionIsProvenByEveryMembersBlock() {
    MergeDecision a = chain.merge(chain.state(), "a");
    MergeDecision b = chain.merge(after(a), "b");
    epoch.submit(chain.order(b), chain.order(a));

    for (int member = 0; member < 4; member++) {
      assertThat(provenBy(member)).containsExactly(a, b);
      assertThat(epoch.state(member).head(TestingChain.BRANCH)).contains(b.commit());
    }
  }

  /** The known trap: two certified decisions on one base. One lands, the other never does. */
  @Test
  void ofTwoApprovedDecisionsOnOneBaseOneLands() {
    MergeDecision a = chain.merge(chain.state(), "a");
    MergeDecision rival = chain.merge(chain.state(), "rival");
    epoch.submit(chain.order(a), chain.order(rival));

    assertThat(provenBy(0)).hasSize(1).containsAnyOf(a, rival);
  }

  /** The known trap: one bad decision poisoning a whole batch. */
  @Test
  void aDecisionWithoutAQuorumHoldsNothingUp() {
    MergeDecision a = chain.merge(chain.state(), "a");
    OrderedDecision unapproved = new OrderedDecision(chain.merge(after(a), "b"), List.of());
    epoch.submit(unapproved, chain.order(a));

    assertThat(provenBy(0)).containsExactly(a);
  }

  private List<MergeDecision> provenBy(int member) {
    List<MergeDecision> proven = new ArrayList<>();
    for (Effect.Finalized block : epoch.finalized(member)) {
      BlockPayload payload = TestingEpoch.payload(block);
      for (int i = 0; i < payload.count(); i++) {
        var certificate = DecisionCertificate.of(chain.genesis(), block.finality(), payload, i);
        MergeDecision decision = (MergeDecision) payload.decisions().get(i).decision();
        assertThat(CertificateVerifier.of(chain.genesis()).verify(certificate, decision))
            .isInstanceOf(Verification.Proven.class);
        proven.add(decision);
      }
    }
    return proven;
  }

  private ChainState after(MergeDecision decision) {
    return new DecisionPayloads()
        .apply(chain.state(), Bytes.of(new BlockPayload(List.of(chain.order(decision))).encode()))
        .orElseThrow();
  }
}
