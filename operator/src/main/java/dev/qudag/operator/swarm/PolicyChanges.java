package dev.qudag.operator.swarm;

import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.operator.node.Hub;
import dev.qudag.operator.node.SwarmKey;

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

  void ask(SwarmKey swarm, Hub hub, WantedPolicy wanted) {
    var unused = hub.changePolicy(signed.of(swarm, wanted));
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
