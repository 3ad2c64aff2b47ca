package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.DecisionRules.Rule;
import dev.qudag.consensus.chain.Refusal.Reason;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.policy.CheckResult;
import dev.qudag.consensus.chain.policy.CheckRule;
import dev.qudag.consensus.chain.policy.LandingPolicy;
import java.util.List;
import java.util.Optional;

/** What every commit has to show that lands, whether it merges or reverts. */
final class LandingRules {
  /** That it fits the state. */
  static final List<Rule<LandingDecision>> FITTING =
      List.of(
          LandingRules::followsEveryVoid,
          LandingRules::buildsOnTheBranch,
          LandingRules::isJudgedByThePolicyInForce,
          LandingRules::landsAsThePolicySays,
          LandingRules::isMadeByTheEngineInForce);

  /** That it passed what the policy asks for. */
  static final List<Rule<LandingDecision>> CHECKED =
      List.of(LandingRules::hasEveryCheck, LandingRules::passedOnExactlyThisTree);

  private LandingRules() {}

  private static Optional<Refusal> followsEveryVoid(ChainState state, LandingDecision decision) {
    long voids = state.voids(decision.branch());
    return Refusal.unless(
        decision.voids() == voids,
        Reason.VOIDED,
        decision.branch()
            + " had "
            + voids
            + " voids, the decision is made after "
            + decision.voids()
            + ": it must be decided anew");
  }

  private static Optional<Refusal> buildsOnTheBranch(ChainState state, LandingDecision decision) {
    return standsAt(state, decision.branch(), decision.base());
  }

  /** Whether the branch exists and stands where a decision says. */
  static Optional<Refusal> standsAt(ChainState state, String branch, String expected) {
    Optional<String> head = state.head(branch);
    if (head.isEmpty()) {
      return Refusal.of(Reason.UNKNOWN_BRANCH, "the chain has no branch " + branch);
    }
    return Refusal.unless(
        head.get().equals(expected),
        Reason.STALE_BASE,
        branch + " is at " + head.get() + ", the decision is made for " + expected);
  }

  private static Optional<Refusal> isJudgedByThePolicyInForce(
      ChainState state, LandingDecision decision) {
    return Refusal.unless(
        decision.policyDigest().equals(state.policyDigest()),
        Reason.POLICY_CHANGED,
        "policy "
            + state.policyDigest()
            + " is in force, the decision is made by "
            + decision.policyDigest());
  }

  /** Whether each signature is of its commit is judged by whoever has the objects. */
  private static Optional<Refusal> landsAsThePolicySays(
      ChainState state, LandingDecision decision) {
    LandingPolicy asked = state.policy().landing();
    return Refusal.unless(
        decision.landedAs().policy().equals(asked),
        Reason.LANDING_MISMATCH,
        "the policy asks for " + asked + ", the decision lands by " + decision.landedAs().policy());
  }

  private static Optional<Refusal> isMadeByTheEngineInForce(
      ChainState state, LandingDecision decision) {
    return Refusal.unless(
        state.engine().isEmpty() || state.engine().get().equals(decision.engineDigest()),
        Reason.ENGINE_CHANGED,
        "another engine than " + decision.engineDigest() + " is in force");
  }

  /**
   * In the order of the policy; only a check that has paths may be missing. Whether the change
   * touches any of them is judged by whoever has its objects.
   */
  private static Optional<Refusal> hasEveryCheck(ChainState state, LandingDecision decision) {
    List<CheckResult> done = decision.checks();
    int next = 0;
    boolean holds = true;
    for (CheckRule rule : state.policy().checks()) {
      if (next < done.size() && rule.isOf(done.get(next))) {
        next++;
      } else {
        holds &= rule.mayBeLeftOut();
      }
    }
    return Refusal.unless(
        holds && next == done.size(),
        Reason.CHECKS_MISMATCH,
        "the policy asks for "
            + state.policy().checks().stream().map(CheckRule::name).toList()
            + ", the decision has "
            + done.stream().map(CheckResult::name).toList()
            + ", or one of another spec");
  }

  private static Optional<Refusal> passedOnExactlyThisTree(
      ChainState state, LandingDecision decision) {
    for (CheckResult check : decision.checks()) {
      if (!check.tree().equals(decision.tree())) {
        return Refusal.of(
            Reason.CHECK_OF_ANOTHER_TREE,
            check.name() + " ran on " + check.tree() + ", not on " + decision.tree());
      }
      if (!check.passed()) {
        return Refusal.of(Reason.CHECK_FAILED, check.name() + " failed");
      }
    }
    return Optional.empty();
  }
}
