package dev.qudag.consensus.chain;

import static dev.qudag.consensus.chain.TestingChain.commit;
import static dev.qudag.consensus.chain.TestingChain.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.Refusal.Reason;
import dev.qudag.consensus.chain.decision.ExactMerge;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.consensus.chain.identity.WorkspaceGrant;
import dev.qudag.consensus.chain.policy.CheckResult;
import dev.qudag.consensus.chain.policy.CheckRule;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.consensus.chain.proposal.CommitMeta;
import dev.qudag.consensus.chain.proposal.SignedStatement;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each way in which a decision can be wrong, one at a time. */
class DecisionRulesTest {
  private final TestingChain chain = new TestingChain(1);
  private final ChainState state = chain.state();
  private final MergeDecision good = chain.merge(state, "a");

  /** The fields of a decision, open to be changed one by one. */
  private final class Forgery {
    Digest chainId = good.chainId();
    String branch = good.branch();
    String proposal = good.proposal();
    ExactMerge merge = good.merge();
    CommitMeta meta = good.meta();
    Digest policyDigest = good.policyDigest();
    List<CheckResult> checks = good.checks();
    SignedStatement author = good.author();
    SignedGrant grant = good.grant();

    MergeDecision build() {
      return new MergeDecision(
          chainId,
          branch,
          good.voids(),
          proposal,
          merge,
          meta,
          good.engineDigest(),
          policyDigest,
          checks,
          author,
          grant);
    }
  }

  private Reason reasonOf(Consumer<Forgery> change) {
    Forgery forgery = new Forgery();
    change.accept(forgery);
    return DecisionRules.check(state, forgery.build()).orElseThrow().reason();
  }

  @Test
  void aRightDecisionIsNotRefused() {
    assertThat(DecisionRules.check(state, good)).isEmpty();
  }

  @Test
  void refusesAnotherChain() {
    TestingChain other = new TestingChain(1);
    assertThat(DecisionRules.check(other.state(), good).orElseThrow().reason())
        .isEqualTo(Reason.WRONG_CHAIN);
    assertThat(reasonOf(f -> f.author = other.statement("a").sign(chain.workspace())))
        .isEqualTo(Reason.WRONG_CHAIN);
    assertThat(reasonOf(f -> f.grant = other.grant())).isEqualTo(Reason.WRONG_CHAIN);
  }

  @Test
  void refusesAnotherBranch() {
    assertThat(reasonOf(f -> f.branch = "refs/heads/other")).isEqualTo(Reason.UNKNOWN_BRANCH);
  }

  @Test
  void refusesABaseThatIsNotTheHead() {
    assertThat(reasonOf(f -> f.merge = merge(commit("old"), good.head(), good.merge().tree())))
        .isEqualTo(Reason.STALE_BASE);
  }

  @Test
  void refusesAnotherPolicy() {
    assertThat(reasonOf(f -> f.policyDigest = digest("other"))).isEqualTo(Reason.POLICY_CHANGED);
  }

  @Test
  void refusesToMergeWhatIsOnTheBranch() {
    ExactMerge m = good.merge();
    ExactMerge ancestor =
        new ExactMerge(m.base(), m.head(), m.head(), m.tree(), m.treeDigest(), m.commit(), "None");
    assertThat(reasonOf(f -> f.merge = ancestor)).isEqualTo(Reason.NOTHING_TO_MERGE);
  }

  @Test
  void refusesAnotherHeadThanTheAuthorSigned() {
    assertThat(reasonOf(f -> f.merge = merge(good.base(), commit("evil"), good.merge().tree())))
        .isEqualTo(Reason.AUTHOR_MISMATCH);
    assertThat(reasonOf(f -> f.proposal = "mp-other")).isEqualTo(Reason.AUTHOR_MISMATCH);
  }

  @Test
  void refusesAnotherAuthorOrMessage() {
    CommitMeta m = good.meta();
    CommitMeta author =
        new CommitMeta(
            "mallory",
            m.authorEmail(),
            m.committerName(),
            m.committerEmail(),
            m.epochSeconds(),
            m.message());
    CommitMeta message =
        new CommitMeta(
            m.authorName(),
            m.authorEmail(),
            m.committerName(),
            m.committerEmail(),
            m.epochSeconds(),
            "Other\n");
    assertThat(reasonOf(f -> f.meta = author)).isEqualTo(Reason.COMMIT_META_MISMATCH);
    assertThat(reasonOf(f -> f.meta = message)).isEqualTo(Reason.COMMIT_META_MISMATCH);
  }

  @Test
  void refusesMissingExtraOrOtherChecks() {
    CheckResult unit = good.checks().getFirst();
    CheckResult otherSpec =
        new CheckResult(
            unit.name(), digest("other spec"), unit.image(), unit.tree(), true, unit.logDigest());
    assertThat(reasonOf(f -> f.checks = List.of())).isEqualTo(Reason.CHECKS_MISMATCH);
    assertThat(reasonOf(f -> f.checks = List.of(unit, unit))).isEqualTo(Reason.CHECKS_MISMATCH);
    assertThat(reasonOf(f -> f.checks = List.of(otherSpec))).isEqualTo(Reason.CHECKS_MISMATCH);
  }

  /** Whether its paths are touched is judged by whoever has the objects. */
  @Test
  void onlyACheckThatHasPathsMayBeLeftOut() {
    CheckRule docs = new CheckRule("docs", digest("docs"), List.of("docs/**"));
    ChainState filtered =
        state.after(
            TestingChain.change(
                state,
                new Policy(List.of(docs, TestingChain.UNIT.rule()), List.of()),
                chain.operator()));
    CheckResult unit = good.checks().getFirst();
    CheckResult docsToo =
        new CheckResult("docs", digest("docs"), unit.image(), unit.tree(), true, unit.logDigest());

    assertThat(refusal(filtered, List.of(docsToo, unit))).isEmpty();
    assertThat(refusal(filtered, List.of(unit))).isEmpty();
    assertThat(refusal(filtered, List.of(docsToo))).contains(Reason.CHECKS_MISMATCH);
    assertThat(refusal(filtered, List.of(unit, docsToo))).contains(Reason.CHECKS_MISMATCH);
  }

  private Optional<Reason> refusal(ChainState after, List<CheckResult> checks) {
    Forgery forgery = new Forgery();
    forgery.policyDigest = after.policyDigest();
    forgery.checks = checks;
    return DecisionRules.check(after, forgery.build()).map(Refusal::reason);
  }

  @Test
  void refusesAFailedCheckAndOneOfAnotherTree() {
    String tree = good.merge().tree();
    assertThat(reasonOf(f -> f.checks = List.of(TestingChain.check(tree, false))))
        .isEqualTo(Reason.CHECK_FAILED);
    assertThat(reasonOf(f -> f.checks = List.of(TestingChain.check(commit("other tree"), true))))
        .isEqualTo(Reason.CHECK_OF_ANOTHER_TREE);
  }

  @Test
  void refusesAGrantThatTheOperatorDidNotSign() {
    SigningKey mallory = SigningKey.generate();
    assertThat(reasonOf(f -> f.grant = good.grant().grant().sign(mallory)))
        .isEqualTo(Reason.BAD_GRANT_SIGNATURE);
  }

  @Test
  void refusesAStatementThatTheWorkspaceDidNotSign() {
    assertThat(reasonOf(f -> f.author = chain.statement("a").sign(chain.operator())))
        .isEqualTo(Reason.BAD_AUTHOR_SIGNATURE);
  }

  @Test
  void refusesAGrantOfAnotherWorkspace() {
    SignedGrant other =
        new WorkspaceGrant(
                state.chainId(), "uid-2", "bob", chain.workspace().verifyingKey(), digest("tls"))
            .sign(chain.operator());
    assertThat(reasonOf(f -> f.grant = other)).isEqualTo(Reason.AUTHOR_MISMATCH);
  }

  private static ExactMerge merge(String base, String head, String tree) {
    return new ExactMerge(
        base, commit("ancestor"), head, tree, digest("content"), commit("result"), "None");
  }
}
