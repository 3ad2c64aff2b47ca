package dev.qudag.consensus.preference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.Applied;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.TestingChain;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContenderTest {
  private static final TestingChain CHAIN = TestingChain.withUpstream(5);
  private static final ChainState STATE = CHAIN.state();
  private static final ChainState NEXT = after(CHAIN.merge(STATE, "a"));

  private static ChainState after(Decision decision) {
    return ((Applied.Accepted) STATE.apply(CHAIN.order(decision))).next();
  }

  private static Digest set(Decision decision) {
    return Contender.of(decision).conflictSet();
  }

  @Test
  void whatMovesABranchFromOneCommitContends() {
    Digest merge = set(CHAIN.merge(STATE, "a"));
    assertThat(set(CHAIN.merge(STATE, "b"))).isEqualTo(merge);
    assertThat(set(CHAIN.adopt(STATE, TestingChain.commit("upstream")))).isEqualTo(merge);
    assertThat(set(CHAIN.revert(STATE, TestingChain.commit("landed")))).isEqualTo(merge);
    Digest next = set(CHAIN.merge(NEXT, "b"));
    assertThat(next).isNotEqualTo(merge);
    assertThat(set(CHAIN.takeBack(NEXT, CHAIN.merge(STATE, "a")))).isEqualTo(next);
  }

  @Test
  void whatReplacesOtherPartsOfTheStateDoesNot() {
    Policy policy = new Policy(List.of(), List.of());
    assertThat(
            List.of(
                set(CHAIN.merge(STATE, "a")),
                set(TestingChain.change(STATE, policy, CHAIN.operator())),
                set(CHAIN.engine(STATE, TestingChain.digest("engine 2"))),
                set(CHAIN.change(STATE, List.of(0), List.of()))))
        .doesNotHaveDuplicates();
    assertThat(set(CHAIN.engine(STATE, TestingChain.digest("engine 2"))))
        .isEqualTo(set(CHAIN.engine(STATE, TestingChain.digest("engine 3"))));
    assertThat(set(CHAIN.change(STATE, List.of(0), List.of())))
        .isEqualTo(set(CHAIN.change(STATE, List.of(1), List.of())));
  }

  @Test
  void aChoiceIsTheDecision() {
    Decision decision = CHAIN.merge(STATE, "a");
    assertThat(Contender.of(decision).choice()).isEqualTo(decision.digest());
  }

  /** As docs/reference/encodings.md has it: who named it otherwise would poll about nothing. */
  @Test
  void aConflictSetHasOneNameInEveryProgram() {
    assertThat(set(CHAIN.change(STATE, List.of(0), List.of())))
        .isEqualTo(
            Digest.sha256(
                CanonicalWriter.untagged()
                    .text("qudag.dev/v1/conflict-set")
                    .digest(STATE.chainId())
                    .text("set")
                    .int64(0)
                    .toByteArray()));
  }

  @Test
  void whatIsNotValidOnTheStateContendsForNothing() {
    Decision early = CHAIN.merge(NEXT, "b");
    assertThat(Contender.on(STATE, CHAIN.order(early))).as("another goes first").isEmpty();
    assertThat(Contender.on(NEXT, CHAIN.order(early))).contains(Contender.of(early));
    assertThat(Contender.on(NEXT, CHAIN.order(CHAIN.merge(STATE, "c")))).as("too late").isEmpty();
    assertThat(Contender.on(NEXT, CHAIN.order(early, 3))).as("not approved").isEmpty();
  }
}
