package dev.qudag.consensus.chain;

import static dev.qudag.consensus.chain.TestingChain.BRANCH;
import static dev.qudag.consensus.chain.TestingChain.check;
import static dev.qudag.consensus.chain.TestingChain.commit;
import static dev.qudag.consensus.chain.TestingChain.withoutChecks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.qudag.consensus.chain.Refusal.Reason;
import dev.qudag.consensus.chain.decision.BatchDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import dev.qudag.consensus.chain.policy.CheckResult;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several proposals that land by one decision: all of them, or none. */
class BatchDecisionTest {
  private final TestingChain chain = TestingChain.withUpstream(4);
  private final ChainState start = chain.state();
  private final BatchDecision good = chain.batch(start, "a", "b", "c");

  private Reason refusal(ChainState on, Decision decision) {
    return DecisionRules.check(on, decision).orElseThrow().reason();
  }

  private ChainState accepted(ChainState on, Decision decision) {
    return ((Applied.Accepted) on.apply(chain.order(decision))).next();
  }

  @Test
  void movesTheBranchOnceFromTheHeadToItsLastCommit() {
    ChainState after = accepted(start, good);

    assertThat(after.head(BRANCH)).contains(good.members().getLast().commit());
    assertThat(good.base()).isEqualTo(start.head(BRANCH).orElseThrow());
    assertThat(after.findBranch(BRANCH).orElseThrow().moves()).hasSize(1);
  }

  @Test
  void isTakenBackAsAWhole() {
    ChainState landed = accepted(start, good);
    VoidDecision undone = chain.takeBack(landed, good);

    ChainState after = accepted(landed, undone);

    assertThat(after.head(BRANCH)).isEqualTo(start.head(BRANCH));
    assertThat(refusal(after, good)).isEqualTo(Reason.VOIDED);
  }

  @Test
  void noneOfItsMembersLandsByItself() {
    for (MergeDecision member : good.members()) {
      assertThat(refusal(start, member)).isIn(Reason.CHECKS_MISMATCH, Reason.STALE_BASE);
    }
    assertThat(refusal(start, good.members().getFirst())).isEqualTo(Reason.CHECKS_MISMATCH);
  }

  @Test
  void theChecksMustHavePassedOnTheLastTree() {
    String inner = good.members().getFirst().tree();
    assertThat(refusal(start, with(List.of(check(inner, true)))))
        .isEqualTo(Reason.CHECK_OF_ANOTHER_TREE);
    assertThat(refusal(start, with(List.of(check(good.tree(), false)))))
        .isEqualTo(Reason.CHECK_FAILED);
    assertThat(refusal(start, with(List.of()))).isEqualTo(Reason.CHECKS_MISMATCH);
  }

  private BatchDecision with(List<CheckResult> checks) {
    return new BatchDecision(good.members(), checks);
  }

  @Test
  void landsOnTheHeadAlone() {
    ChainState moved = start.after(chain.merge(start, "x"));

    assertThat(refusal(moved, good)).isEqualTo(Reason.STALE_BASE);
  }

  @Test
  void whatOneMembersAuthorDoesNotWantRefusesAll() {
    MergeDecision first = good.members().getFirst();
    MergeDecision second = good.members().get(1);
    MergeDecision forged =
        new MergeDecision(
            second.chainId(),
            second.branch(),
            second.voids(),
            second.proposal(),
            second.merge(),
            second.meta(),
            second.engineDigest(),
            second.policyDigest(),
            List.of(),
            first.author(),
            second.grant());

    assertThat(
            refusal(
                start,
                new BatchDecision(List.of(first, forged), List.of(check(forged.tree(), true)))))
        .isEqualTo(Reason.AUTHOR_MISMATCH);
  }

  @Test
  void aMemberOfAnotherChainRefusesAll() {
    TestingChain other = new TestingChain(4);

    assertThat(refusal(start, other.batch(other.state(), "a", "b"))).isEqualTo(Reason.WRONG_CHAIN);
  }

  @Test
  void itsMembersFollowOnEachOther() {
    MergeDecision beside = withoutChecks(chain.merge(start, "b"));

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new BatchDecision(
                    List.of(good.members().getFirst(), beside),
                    List.of(check(beside.tree(), true))))
        .withMessageContaining("base");
  }

  @Test
  void hasTwoToSixtyFourMembersEachOnceWithoutChecksOfTheirOwn() {
    MergeDecision first = good.members().getFirst();
    String[] many = IntStream.range(0, 65).mapToObj(i -> "m" + i).toArray(String[]::new);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchDecision(List.of(first), good.checks()))
        .withMessageContaining("at least 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> chain.batch(start, many))
        .withMessageContaining("at most 64");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchDecision(List.of(first, first), good.checks()))
        .withMessageContaining("each of them once");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new BatchDecision(
                    List.of(chain.merge(start, "a"), good.members().get(1)), good.checks()))
        .withMessageContaining("none of a member alone");
  }

  @Test
  void isReadAsItWasWritten() {
    assertThat(Decision.decode(good.encode())).isEqualTo(good);
    assertThat(good.commits())
        .containsExactlyElementsOf(good.members().stream().map(MergeDecision::commit).toList());
    assertThat(good.commit()).isEqualTo(good.commits().getLast()).isNotEqualTo(commit("c"));
  }
}
