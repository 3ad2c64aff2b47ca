package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.Refusal.Reason;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.BatchDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.consensus.chain.decision.ExactMerge;
import dev.qudag.consensus.chain.decision.ExactRevert;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import java.util.List;
import java.util.Optional;

/**
 * Whether a decision is right in itself and fits the state before it: all that can be judged
 * without a repository. The rules of a kind stand in order, cheap ones first; the first that is
 * broken is the answer.
 *
 * <p>What is left to a validator is to repeat the merge or revert and compare {@link ExactMerge} or
 * {@link ExactRevert}, to look for paths that the policy denies, and to see that what is adopted is
 * a fast-forward.
 */
public final class DecisionRules {
  /**
   * One rule for one kind of decision.
   *
   * @param <D> the kind
   */
  @FunctionalInterface
  interface Rule<D> {
    /** Why the decision breaks it; empty when it does not. */
    Optional<Refusal> check(ChainState state, D decision);
  }

  private DecisionRules() {}

  /** Why the decision is not valid as the next one on the state; empty when it is. */
  public static Optional<Refusal> check(ChainState state, Decision decision) {
    return isOfThisChain(state, decision)
        .or(() -> isBeforeTheSeal(state))
        .or(() -> checkKind(state, decision));
  }

  private static Optional<Refusal> checkKind(ChainState state, Decision decision) {
    return switch (decision) {
      case MergeDecision merge -> first(MergeRules.RULES, state, merge);
      case RevertDecision revert -> first(RevertRules.RULES, state, revert);
      case BatchDecision batch -> first(MergeRules.RULES_OF_BATCH, state, batch);
      case VoidDecision undone -> first(UpstreamRules.VOID, state, undone);
      case AdoptDecision adopt -> first(UpstreamRules.ADOPT, state, adopt);
      case PolicyDecision change -> first(ChangeRules.POLICY, state, change);
      case EngineDecision change -> first(ChangeRules.ENGINE, state, change);
      case SetDecision change -> first(SetRules.RULES, state, change);
    };
  }

  private static boolean isOfThisChain(ChainState state, MergeDecision merge) {
    return merge.author().statement().chainId().equals(state.chainId())
        && merge.grant().grant().chainId().equals(state.chainId());
  }

  private static Optional<Refusal> isBeforeTheSeal(ChainState state) {
    return Refusal.unless(
        !state.membership().isSealed(),
        Reason.SEALED,
        "epoch " + state.set().epoch() + " is sealed: nothing is decided until the next one");
  }

  private static <D> Optional<Refusal> first(
      List<? extends Rule<? super D>> rules, ChainState state, D decision) {
    return rules.stream()
        .map(rule -> rule.check(state, decision))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Refusal> isOfThisChain(ChainState state, Decision decision) {
    boolean partsHold =
        switch (decision) {
          case MergeDecision merge -> isOfThisChain(state, merge);
          case BatchDecision batch ->
              batch.members().stream().allMatch(member -> isOfThisChain(state, member));
          case RevertDecision revert -> revert.order().order().chainId().equals(state.chainId());
          case VoidDecision undone -> true;
          case AdoptDecision adopt -> true;
          case PolicyDecision change -> true;
          case EngineDecision change -> true;
          case SetDecision change -> true;
        };
    return Refusal.unless(
        partsHold && decision.chainId().equals(state.chainId()),
        Reason.WRONG_CHAIN,
        "the decision and the statements in it must be of chain " + state.chainId());
  }
}
