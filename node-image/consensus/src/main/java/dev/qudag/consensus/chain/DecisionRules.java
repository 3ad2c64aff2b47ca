package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.Refusal.Reason;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.ExactMerge;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.identity.WorkspaceGrant;
import dev.qudag.consensus.chain.policy.CheckResult;
import dev.qudag.consensus.chain.policy.CheckRule;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.consensus.chain.proposal.CommitMeta;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Whether a decision is right in itself and fits the state before it: all that can be judged
 * without a repository. The rules stand in order, cheap ones first; the first that is broken is the
 * answer.
 *
 * <p>What is left to a validator is to repeat the merge and compare {@link ExactMerge}, and to look
 * for paths that the policy denies.
 */
public final class DecisionRules {
  private static final List<BiFunction<ChainState, MergeDecision, Optional<Refusal>>> MERGE_RULES =
      List.of(
          DecisionRules::isOfThisChain,
          DecisionRules::buildsOnTheBranch,
          DecisionRules::isJudgedByThePolicyInForce,
          DecisionRules::mergesSomething,
          DecisionRules::isWhatTheAuthorWants,
          DecisionRules::saysWhatTheAuthorSaid,
          DecisionRules::hasEveryCheck,
          DecisionRules::passedOnExactlyThisTree,
          DecisionRules::authorIsGranted,
          DecisionRules::authorSigned);

  private static final List<BiFunction<ChainState, PolicyDecision, Optional<Refusal>>>
      POLICY_RULES =
          List.of(
              DecisionRules::isOfThisChain,
              DecisionRules::followsThePolicyInForce,
              DecisionRules::operatorSigned);

  private DecisionRules() {}

  /** Why the decision is not valid as the next one on the state; empty when it is. */
  public static Optional<Refusal> check(ChainState state, Decision decision) {
    return switch (decision) {
      case MergeDecision merge -> first(MERGE_RULES, state, merge);
      case PolicyDecision policy -> first(POLICY_RULES, state, policy);
    };
  }

  private static <D> Optional<Refusal> first(
      List<BiFunction<ChainState, D, Optional<Refusal>>> rules, ChainState state, D decision) {
    return rules.stream()
        .map(rule -> rule.apply(state, decision))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Refusal> isOfThisChain(ChainState state, Decision decision) {
    boolean holds =
        decision.chainId().equals(state.chainId())
            && switch (decision) {
              case MergeDecision merge ->
                  merge.author().statement().chainId().equals(state.chainId())
                      && merge.grant().grant().chainId().equals(state.chainId());
              case PolicyDecision policy -> true;
            };
    return unless(
        holds,
        Reason.WRONG_CHAIN,
        "decision, statement and grant must be of chain " + state.chainId());
  }

  private static Optional<Refusal> buildsOnTheBranch(ChainState state, MergeDecision decision) {
    Optional<String> head = state.head(decision.branch());
    if (head.isEmpty()) {
      return refuse(Reason.UNKNOWN_BRANCH, "the chain has no branch " + decision.branch());
    }
    return unless(
        head.get().equals(decision.base()),
        Reason.STALE_BASE,
        decision.branch()
            + " is at "
            + head.get()
            + ", the decision is made for "
            + decision.base());
  }

  private static Optional<Refusal> isJudgedByThePolicyInForce(
      ChainState state, MergeDecision decision) {
    return unless(
        decision.policyDigest().equals(state.policyDigest()),
        Reason.POLICY_CHANGED,
        "policy "
            + state.policyDigest()
            + " is in force, the decision is made by "
            + decision.policyDigest());
  }

  private static Optional<Refusal> mergesSomething(ChainState state, MergeDecision decision) {
    ExactMerge merge = decision.merge();
    boolean holds =
        !merge.head().equals(merge.base())
            && !merge.mergeBase().equals(merge.head())
            && !merge.commit().equals(merge.base())
            && !merge.commit().equals(merge.head());
    return unless(holds, Reason.NOTHING_TO_MERGE, merge.head() + " is on the branch already");
  }

  private static Optional<Refusal> isWhatTheAuthorWants(ChainState state, MergeDecision decision) {
    AuthorStatement statement = decision.author().statement();
    WorkspaceGrant grant = decision.grant().grant();
    boolean holds =
        statement.commit().equals(decision.head())
            && statement.branch().equals(decision.branch())
            && statement.proposal().equals(decision.proposal())
            && statement.workspaceUid().equals(grant.workspaceUid())
            && statement.workspaceName().equals(grant.workspaceName());
    return unless(
        holds,
        Reason.AUTHOR_MISMATCH,
        "statement and grant are not about " + decision.proposal() + " at " + decision.head());
  }

  private static Optional<Refusal> saysWhatTheAuthorSaid(ChainState state, MergeDecision decision) {
    CommitMeta expected = CommitMeta.of(decision.author().statement(), state.genesis().swarm());
    return unless(
        decision.meta().equals(expected),
        Reason.COMMIT_META_MISMATCH,
        "author, committer, date or message of the commit do not follow from the statement");
  }

  private static Optional<Refusal> hasEveryCheck(ChainState state, MergeDecision decision) {
    List<CheckRule> done =
        decision.checks().stream()
            .map(check -> new CheckRule(check.name(), check.specDigest()))
            .toList();
    return unless(
        done.equals(state.policy().checks()),
        Reason.CHECKS_MISMATCH,
        "the policy asks for "
            + names(state.policy().checks())
            + ", the decision has "
            + names(done)
            + ", or one of another spec");
  }

  private static Optional<Refusal> passedOnExactlyThisTree(
      ChainState state, MergeDecision decision) {
    for (CheckResult check : decision.checks()) {
      if (!check.tree().equals(decision.merge().tree())) {
        return refuse(
            Reason.CHECK_OF_ANOTHER_TREE,
            check.name() + " ran on " + check.tree() + ", not on " + decision.merge().tree());
      }
      if (!check.passed()) {
        return refuse(Reason.CHECK_FAILED, check.name() + " failed");
      }
    }
    return Optional.empty();
  }

  private static Optional<Refusal> authorIsGranted(ChainState state, MergeDecision decision) {
    return unless(
        decision.grant().isSignedBy(state.genesis().operator().signingKey()),
        Reason.BAD_GRANT_SIGNATURE,
        "the grant is not signed by the operator of genesis");
  }

  private static Optional<Refusal> authorSigned(ChainState state, MergeDecision decision) {
    return unless(
        decision.author().isSignedBy(decision.grant().grant().signingKey()),
        Reason.BAD_AUTHOR_SIGNATURE,
        "the statement is not signed by the key of workspace "
            + decision.grant().grant().workspaceName());
  }

  private static Optional<Refusal> followsThePolicyInForce(
      ChainState state, PolicyDecision decision) {
    boolean holds =
        decision.previousDigest().equals(state.policyDigest())
            && decision.sequence() == state.policyChanges();
    return unless(
        holds,
        Reason.POLICY_CHANGED,
        "policy "
            + state.policyDigest()
            + " is in force after "
            + state.policyChanges()
            + " changes");
  }

  private static Optional<Refusal> operatorSigned(ChainState state, PolicyDecision decision) {
    return unless(
        decision.isSignedBy(state.genesis().operator().signingKey()),
        Reason.BAD_OPERATOR_SIGNATURE,
        "the policy is not signed by the operator of genesis");
  }

  private static List<String> names(List<CheckRule> rules) {
    return rules.stream().map(CheckRule::name).toList();
  }

  private static Optional<Refusal> unless(boolean holds, Reason reason, String detail) {
    return holds ? Optional.empty() : refuse(reason, detail);
  }

  private static Optional<Refusal> refuse(Reason reason, String detail) {
    return Optional.of(new Refusal(reason, detail));
  }
}
