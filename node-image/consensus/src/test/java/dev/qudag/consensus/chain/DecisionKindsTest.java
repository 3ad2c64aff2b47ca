package dev.qudag.consensus.chain;

import static dev.qudag.consensus.chain.TestingChain.BRANCH;
import static dev.qudag.consensus.chain.TestingChain.commit;
import static dev.qudag.consensus.chain.TestingChain.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.qudag.consensus.chain.Refusal.Reason;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.consensus.chain.decision.ExactRevert;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import dev.qudag.consensus.chain.policy.CheckResult;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each kind beside merge and policy does, and each way in which it can be wrong. */
class DecisionKindsTest {
  private final TestingChain chain = TestingChain.withUpstream(4);
  private final ChainState start = chain.state();
  private final MergeDecision landed = chain.merge(start, "a");
  private final ChainState state = start.after(landed);
  private final SigningKey mallory = SigningKey.generate();

  private Reason refusal(ChainState on, Decision decision) {
    return DecisionRules.check(on, decision).orElseThrow().reason();
  }

  private ChainState accepted(ChainState on, Decision decision) {
    Applied applied = on.apply(chain.order(decision));
    assertThat(applied).isInstanceOf(Applied.Accepted.class);
    return ((Applied.Accepted) applied).next();
  }

  @Test
  void everyKindIsOfThisChain() {
    TestingChain other = new TestingChain(4);
    ChainState there = other.state();
    for (Decision decision :
        List.of(
            other.revert(there, landed.commit()),
            other.takeBack(there, landed),
            other.adopt(there, commit("upstream")),
            other.engine(there, digest("engine 2")))) {
      assertThat(refusal(state, decision)).as(decision.kind()).isEqualTo(Reason.WRONG_CHAIN);
    }
  }

  // ---- Revert

  @Test
  void aRevertMovesTheBranchToItsCommit() {
    RevertDecision revert = chain.revert(state, landed.commit());
    assertThat(accepted(state, revert).head(BRANCH)).contains(revert.commit());
    assertThat(revert.meta().message())
        .isEqualTo(
            "Revert "
                + landed.commit()
                + "\n\nIt broke the build\n\nProposal: "
                + revert.proposal()
                + "\nOrdered-by: grace\n");
  }

  @Test
  void aRevertIsJudgedLikeAMerge() {
    RevertDecision revert = chain.revert(start, landed.commit());
    assertThat(refusal(state, revert)).isEqualTo(Reason.STALE_BASE);
    assertThat(refusal(state, withChecks(List.of()))).isEqualTo(Reason.CHECKS_MISMATCH);
    CheckResult elsewhere = TestingChain.check(commit("other tree"), true);
    assertThat(refusal(state, withChecks(List.of(elsewhere))))
        .isEqualTo(Reason.CHECK_OF_ANOTHER_TREE);
  }

  @Test
  void aRevertIsExactlyWhatTheOperatorOrdered() {
    RevertDecision good = chain.revert(state, landed.commit());
    RevertOrder order = good.order().order();
    RevertOrder ofAnother =
        new RevertOrder(
            order.chainId(),
            commit("b"),
            order.branch(),
            order.sequence(),
            order.person(),
            "",
            order.timeMillis());
    RevertOrder byAnother =
        new RevertOrder(
            order.chainId(),
            order.commit(),
            order.branch(),
            order.sequence(),
            "mallory",
            order.reason(),
            order.timeMillis());
    assertThat(refusal(state, with(good, good.revert(), ofAnother.sign(chain.operator()))))
        .isEqualTo(Reason.AUTHOR_MISMATCH);
    assertThat(refusal(state, with(good, good.revert(), byAnother.sign(chain.operator()))))
        .isEqualTo(Reason.COMMIT_META_MISMATCH);
    assertThat(refusal(state, with(good, good.revert(), order.sign(mallory))))
        .isEqualTo(Reason.BAD_OPERATOR_SIGNATURE);
  }

  @Test
  void aRevertUndoesSomething() {
    RevertDecision good = chain.revert(state, landed.commit());
    ExactRevert r = good.revert();
    ExactRevert nothing =
        new ExactRevert(r.base(), r.reverted(), r.mainline(), r.tree(), r.treeDigest(), r.base());
    assertThat(refusal(state, with(good, nothing, good.order())))
        .isEqualTo(Reason.NOTHING_TO_REVERT);
  }

  private RevertDecision withChecks(List<CheckResult> checks) {
    RevertDecision r = chain.revert(state, landed.commit());
    return new RevertDecision(
        r.chainId(),
        r.branch(),
        r.voids(),
        r.revert(),
        r.meta(),
        r.engineDigest(),
        r.policyDigest(),
        checks,
        r.order());
  }

  private static RevertDecision with(
      RevertDecision r, ExactRevert revert, RevertOrder.Signed order) {
    return new RevertDecision(
        r.chainId(),
        r.branch(),
        r.voids(),
        revert,
        r.meta(),
        r.engineDigest(),
        r.policyDigest(),
        r.checks(),
        order);
  }

  // ---- Void

  @Test
  void aVoidTakesADecisionBack() {
    ChainState undone = accepted(state, chain.takeBack(state, landed));
    assertThat(undone.head(BRANCH)).isEqualTo(start.head(BRANCH));
  }

  @Test
  void anOrderToRevertIsCarriedOutOnce() {
    RevertDecision first = chain.revert(state, landed.commit());
    ChainState reverted = accepted(state, first);
    ChainState again = accepted(reverted, chain.merge(reverted, "a"));
    RevertDecision fresh = chain.revert(again, landed.commit());
    RevertDecision replayed = with(fresh, fresh.revert(), first.order());
    assertThat(refusal(again, replayed)).isEqualTo(Reason.STALE_ORDER);
    assertThat(DecisionRules.check(again, fresh)).isEmpty();
    ChainState adopted = accepted(reverted, chain.adopt(reverted, commit("upstream")));
    assertThat(adopted.reverts(BRANCH)).isEqualTo(1);
  }

  /** Nothing was undone for good, so its person need not ask again. */
  @Test
  void anOrderWhoseRevertWasVoidedIsCarriedOutByAnother() {
    RevertDecision first = chain.revert(state, landed.commit());
    ChainState reverted = accepted(state, first);
    ChainState undone = accepted(reverted, chain.takeBack(reverted, first));
    RevertDecision anew = chain.revert(undone, landed.commit());
    assertThat(anew.order().order()).isEqualTo(first.order().order());
    assertThat(refusal(undone, first)).isEqualTo(Reason.VOIDED);
    assertThat(DecisionRules.check(undone, anew)).isEmpty();
  }

  /** No accepted change lands twice: its approvals and the head it was made for are there again. */
  @Test
  void whatWasVoidedIsNotReplayed() {
    ChainState undone = accepted(state, chain.takeBack(state, landed));
    assertThat(refusal(undone, landed)).isEqualTo(Reason.VOIDED);
    assertThat(refusal(undone, chain.takeBack(undone, landed))).isEqualTo(Reason.NOT_VOIDABLE);
    assertThat(DecisionRules.check(undone, chain.merge(undone, "b"))).isEmpty();
  }

  /**
   * What landed on a voided decision stays void, though the commit that it was made for comes again
   * by another decision or an adoption.
   */
  @Test
  void whatWasVoidedIsNotReplayedWhenItsBaseComesAgain() {
    MergeDecision second = chain.merge(state, "b");
    ChainState both = accepted(state, second);
    ChainState undone = accepted(both, chain.takeBack(both, landed));
    ChainState decidedAnew = accepted(undone, chain.merge(undone, "a"));
    ChainState adopted = accepted(undone, chain.adopt(undone, landed.commit()));
    for (ChainState back : List.of(decidedAnew, adopted)) {
      assertThat(back.head(BRANCH)).contains(second.base());
      assertThat(refusal(back, second)).isEqualTo(Reason.VOIDED);
      assertThat(DecisionRules.check(back, chain.merge(back, "b"))).isEmpty();
    }
  }

  @Test
  void aVoidNamesTheHeadAndAMoveAndIsTheHubsWord() {
    VoidDecision early = chain.takeBack(start, landed);
    assertThat(refusal(state, early)).isEqualTo(Reason.STALE_BASE);
    assertThat(refusal(state, chain.takeBack(state, chain.merge(state, "never landed"))))
        .isEqualTo(Reason.NOT_VOIDABLE);
    VoidDecision good = chain.takeBack(state, landed);
    VoidDecision forged =
        VoidDecision.sign(
            good.chainId(),
            good.branch(),
            good.head(),
            good.voided(),
            good.reason(),
            chain.operator());
    assertThat(refusal(state, forged)).isEqualTo(Reason.BAD_HUB_SIGNATURE);
  }

  // ---- AdoptUpstream

  /** Hub and operator together do not take back what landed, nor bring what nobody judged. */
  @Test
  void withoutAnUpstreamNothingIsTakenBackOrAdopted() {
    TestingChain alone = new TestingChain(4);
    MergeDecision merge = alone.merge(alone.state(), "a");
    ChainState after = alone.state().after(merge);
    assertThat(refusal(after, alone.takeBack(after, merge))).isEqualTo(Reason.NO_UPSTREAM);
    assertThat(refusal(after, alone.adopt(after, commit("upstream"))))
        .isEqualTo(Reason.NO_UPSTREAM);
  }

  @Test
  void anAdoptionMovesTheBranchAndEndsWhatCouldBeVoided() {
    ChainState adopted = accepted(state, chain.adopt(state, commit("upstream")));
    assertThat(adopted.head(BRANCH)).contains(commit("upstream"));
    assertThat(refusal(adopted, chain.takeBack(adopted, landed))).isEqualTo(Reason.NOT_VOIDABLE);
  }

  @Test
  void anAdoptionIsTheWordOfHubAndOperator() {
    String head = state.head(BRANCH).orElseThrow();
    String next = commit("upstream");
    assertThat(refusal(state, adopt(head, next, mallory, chain.operator())))
        .isEqualTo(Reason.BAD_HUB_SIGNATURE);
    assertThat(refusal(state, adopt(head, next, chain.hub(), mallory)))
        .isEqualTo(Reason.BAD_OPERATOR_SIGNATURE);
    assertThat(refusal(state, adopt(head, head, chain.hub(), chain.operator())))
        .isEqualTo(Reason.NOTHING_TO_ADOPT);
    assertThat(refusal(start, adopt(head, next, chain.hub(), chain.operator())))
        .isEqualTo(Reason.STALE_BASE);
  }

  private AdoptDecision adopt(String base, String commit, SigningKey hub, SigningKey operator) {
    return AdoptDecision.sign(start.chainId(), BRANCH, base, commit, hub, operator);
  }

  // ---- EngineChange

  @Test
  void anEngineInForceIsTheOnlyOneThatMerges() {
    ChainState same = accepted(state, chain.engine(state, digest("engine")));
    assertThat(DecisionRules.check(same, chain.merge(same, "b"))).isEmpty();
    ChainState other = accepted(same, chain.engine(same, digest("engine 2")));
    assertThat(refusal(other, chain.merge(other, "b"))).isEqualTo(Reason.ENGINE_CHANGED);
    assertThat(refusal(other, chain.revert(other, landed.commit())))
        .isEqualTo(Reason.ENGINE_CHANGED);
  }

  @Test
  void anEngineNeedsTheApprovalOfAllMembers() {
    EngineDecision change = chain.engine(state, digest("engine 2"));
    Applied applied = state.apply(chain.order(change, 3));
    assertThat(((Applied.Refused) applied).refusal().reason()).isEqualTo(Reason.TOO_FEW_APPROVALS);
    assertThat(state.apply(chain.order(change, 4))).isInstanceOf(Applied.Accepted.class);
  }

  /** Back and forth, as with the policy. */
  @Test
  void anEngineChangeIsNotReplayedAfterAChangeBack() {
    ChainState one = accepted(state, chain.engine(state, digest("engine")));
    EngineDecision there = chain.engine(one, digest("engine 2"));
    ChainState two = accepted(one, there);
    ChainState back = accepted(two, chain.engine(two, digest("engine")));
    assertThat(back.engine()).isEqualTo(one.engine());
    assertThat(refusal(back, there)).isEqualTo(Reason.ENGINE_CHANGED);
  }

  @Test
  void anEngineChangeIsTheOperatorsWordAndAChange() {
    EngineDecision forged =
        EngineDecision.sign(start.chainId(), 0, Digest.ZERO, digest("engine 2"), mallory);
    assertThat(refusal(state, forged)).isEqualTo(Reason.BAD_OPERATOR_SIGNATURE);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> EngineDecision.sign(start.chainId(), 0, digest("e"), digest("e"), mallory))
        .withMessageContaining("another engine");
  }
}
