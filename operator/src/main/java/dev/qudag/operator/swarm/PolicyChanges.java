package dev.qudag.operator.swarm;

import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.operator.node.Hub;
import dev.qudag.operator.node.SwarmKey;
import io.grpc.StatusRuntimeException;
import java.util.Optional;

/**
 * Asks for the policy that spec wants. Signatures are randomised: the same change keeps its signed
 * decision, so that asking again is the same decision.
 */
final class PolicyChanges {
  private final NodeIdentity operator;
  private final SignedOnce<WantedPolicy, PolicyDecision> signed = new SignedOnce<>(this::sign);

  PolicyChanges(NodeIdentity operator) {
    this.operator = operator;
  }

  /**
   * Asks, once whose word it needs has been given, and says what is in the way of asking. Blocks
   * for a few seconds at most.
   */
  Optional<Finding> advance(SwarmObservation observed, Optional<Hub> hub) {
    Optional<WantedPolicy> wanted = observed.wantedPolicy().filter(policy -> !policy.isPending());
    if (hub.isEmpty() || wanted.isEmpty()) {
      return Optional.empty();
    }
    try {
      var unused = hub.get().changePolicy(signed.of(observed.key(), wanted.get()));
      return Optional.empty();
    } catch (StatusRuntimeException e) {
      return Optional.of(
          Finding.reconciling(
              SwarmReasons.POLICY_CHANGING,
              "The hub does not take the policy of spec.policy yet: "
                  + e.getStatus().getDescription()));
    }
  }

  /** Forgets a swarm that is gone. */
  void forget(SwarmKey swarm) {
    signed.forget(swarm);
  }

  private PolicyDecision sign(WantedPolicy wanted) {
    PolicyDecision word = PolicyDecision.sign(wanted.change(), operator.signingKey());
    return wanted.signature().map(word::endorsed).orElse(word);
  }
}
