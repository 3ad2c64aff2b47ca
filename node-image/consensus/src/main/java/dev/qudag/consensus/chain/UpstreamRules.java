package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.DecisionRules.Rule;
import dev.qudag.consensus.chain.Refusal.Reason;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import java.util.List;
import java.util.Optional;

/**
 * What brings a branch back in step with an upstream that moved by itself. A swarm without upstream
 * takes neither, whoever signed it: nothing else takes back what is final (ADR 18).
 */
final class UpstreamRules {
  static final List<Rule<VoidDecision>> VOID =
      List.of(
          UpstreamRules::hasAnUpstream,
          UpstreamRules::knowsTheHead,
          UpstreamRules::takesBackAMove,
          UpstreamRules::hubSaysSo);

  static final List<Rule<AdoptDecision>> ADOPT =
      List.of(
          UpstreamRules::hasAnUpstream,
          UpstreamRules::startsFromTheHead,
          UpstreamRules::movesTheBranch,
          UpstreamRules::hubSawIt,
          UpstreamRules::operatorSawIt);

  private UpstreamRules() {}

  private static Optional<Refusal> hasAnUpstream(ChainState state, Decision decision) {
    return Refusal.unless(
        state.genesis().hasUpstream(),
        Reason.NO_UPSTREAM,
        "a decision " + decision.kind() + " is about an upstream, and there is none");
  }

  private static Optional<Refusal> knowsTheHead(ChainState state, VoidDecision decision) {
    return LandingRules.standsAt(state, decision.branch(), decision.head());
  }

  private static Optional<Refusal> takesBackAMove(ChainState state, VoidDecision decision) {
    boolean holds =
        state
            .findBranch(decision.branch())
            .flatMap(branch -> branch.takeBack(decision.voided()))
            .isPresent();
    return Refusal.unless(
        holds,
        Reason.NOT_VOIDABLE,
        decision.voided()
            + " is not among the last "
            + Branch.MAX_MOVES
            + " that moved the branch");
  }

  private static Optional<Refusal> hubSaysSo(ChainState state, VoidDecision decision) {
    return Refusal.unless(
        decision.isSignedBy(state.genesis().hub().signingKey()),
        Reason.BAD_HUB_SIGNATURE,
        "the void is not signed by the hub of genesis");
  }

  private static Optional<Refusal> startsFromTheHead(ChainState state, AdoptDecision decision) {
    return LandingRules.standsAt(state, decision.branch(), decision.base());
  }

  private static Optional<Refusal> movesTheBranch(ChainState state, AdoptDecision decision) {
    return Refusal.unless(
        !decision.commit().equals(decision.base()),
        Reason.NOTHING_TO_ADOPT,
        decision.branch() + " is at " + decision.base() + " already");
  }

  private static Optional<Refusal> hubSawIt(ChainState state, AdoptDecision decision) {
    return Refusal.unless(
        decision.isSignedByHub(state.genesis().hub().signingKey()),
        Reason.BAD_HUB_SIGNATURE,
        "the adoption is not signed by the hub of genesis");
  }

  private static Optional<Refusal> operatorSawIt(ChainState state, AdoptDecision decision) {
    return Refusal.unless(
        decision.isSignedByOperator(state.genesis().operator().signingKey()),
        Reason.BAD_OPERATOR_SIGNATURE,
        "the adoption is not signed by the operator of genesis");
  }
}
