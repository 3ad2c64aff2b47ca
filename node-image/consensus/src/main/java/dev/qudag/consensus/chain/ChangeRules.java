package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.DecisionRules.Rule;
import dev.qudag.consensus.chain.Refusal.Reason;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.crypto.Digest;
import java.util.List;
import java.util.Optional;

/** What changes the rules that later decisions are judged by. */
final class ChangeRules {
  static final List<Rule<PolicyDecision>> POLICY =
      List.of(
          ChangeRules::followsThePolicyInForce,
          ChangeRules::operatorSignedThePolicy,
          ChangeRules::administratorSignedThePolicy);

  static final List<Rule<EngineDecision>> ENGINE =
      List.of(ChangeRules::followsTheEngineInForce, ChangeRules::operatorSignedTheEngine);

  private ChangeRules() {}

  private static Optional<Refusal> followsThePolicyInForce(
      ChainState state, PolicyDecision decision) {
    boolean holds =
        decision.previousDigest().equals(state.policyDigest())
            && decision.sequence() == state.policyChanges();
    return Refusal.unless(
        holds,
        Reason.POLICY_CHANGED,
        "policy "
            + state.policyDigest()
            + " is in force after "
            + state.policyChanges()
            + " changes");
  }

  private static Optional<Refusal> operatorSignedThePolicy(
      ChainState state, PolicyDecision decision) {
    return Refusal.unless(
        decision.isSignedBy(state.genesis().operator().signingKey()),
        Reason.BAD_OPERATOR_SIGNATURE,
        "the policy is not signed by the operator of genesis");
  }

  private static Optional<Refusal> administratorSignedThePolicy(
      ChainState state, PolicyDecision decision) {
    if (state.setTrustsOperator()) {
      return Refusal.unless(
          decision.administrator().isEmpty(),
          Reason.BAD_ADMIN_SIGNATURE,
          "genesis names no administrator keys");
    }
    if (decision.administrator().isEmpty()) {
      return Refusal.of(
          Reason.NEEDS_ADMINISTRATOR, "genesis names administrator keys: one has to sign");
    }
    AdminSignature signature = decision.administrator().get();
    return Refusal.unless(
        signature.isOver(decision.change().encode(), state.genesis().adminKeys()),
        Reason.BAD_ADMIN_SIGNATURE,
        "the policy is not signed by an administrator key of genesis");
  }

  private static Optional<Refusal> followsTheEngineInForce(
      ChainState state, EngineDecision decision) {
    Digest inForce = state.engine().orElse(Digest.ZERO);
    boolean holds =
        decision.previousDigest().equals(inForce)
            && decision.sequence() == state.engineInForce().changes();
    return Refusal.unless(
        holds,
        Reason.ENGINE_CHANGED,
        "engine " + inForce + " is in force after " + state.engineInForce().changes() + " changes");
  }

  private static Optional<Refusal> operatorSignedTheEngine(
      ChainState state, EngineDecision decision) {
    return Refusal.unless(
        decision.isSignedBy(state.genesis().operator().signingKey()),
        Reason.BAD_OPERATOR_SIGNATURE,
        "the engine change is not signed by the operator of genesis");
  }
}
