package dev.qudag.operator.swarm;

import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.operator.node.Hub;
import dev.qudag.operator.node.SwarmKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks for the policy that spec wants. Signatures are randomised: the same change keeps its signed
 * decision, so that asking again is the same decision.
 */
final class PolicyChanges {
  private record Signed(WantedPolicy wanted, PolicyDecision decision) {}

  private final NodeIdentity operator;
  private final Map<SwarmKey, Signed> asked = new ConcurrentHashMap<>();

  PolicyChanges(NodeIdentity operator) {
    this.operator = operator;
  }

  void ask(SwarmKey swarm, Hub hub, WantedPolicy wanted) {
    Signed signed =
        asked.compute(
            swarm,
            (key, before) ->
                before != null && before.wanted().equals(wanted) ? before : sign(wanted));
    var unused = hub.changePolicy(signed.decision());
  }

  /** Forgets a swarm that is gone. */
  void forget(SwarmKey swarm) {
    asked.remove(swarm);
  }

  private Signed sign(WantedPolicy wanted) {
    PolicyDecision word = PolicyDecision.sign(wanted.change(), operator.signingKey());
    return new Signed(wanted, wanted.signature().map(word::endorsed).orElse(word));
  }
}
