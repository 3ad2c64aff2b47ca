package dev.qudag.operator.swarm;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.operator.node.Hub;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.proto.HubState;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks for the policy that spec wants. Signatures are randomised: the same change keeps its signed
 * decision, so that asking again is the same decision.
 */
final class PolicyChanges {
  private record Change(Digest chain, long sequence, Digest previous, Policy next) {}

  private record Signed(Change change, PolicyDecision decision) {}

  private final NodeIdentity operator;
  private final Map<SwarmKey, Signed> asked = new ConcurrentHashMap<>();

  PolicyChanges(NodeIdentity operator) {
    this.operator = operator;
  }

  void ask(SwarmKey swarm, Hub hub, HubState state, Policy next) {
    Genesis genesis = hub.genesis();
    Digest previous = Digest.of(state.getPolicyDigest().toByteArray());
    Change change = new Change(genesis.chainId(), state.getPolicyChanges(), previous, next);
    Signed signed =
        asked.compute(
            swarm,
            (key, before) ->
                before != null && before.change().equals(change) ? before : sign(change));
    var unused = hub.changePolicy(signed.decision());
  }

  private Signed sign(Change change) {
    return new Signed(
        change,
        PolicyDecision.sign(
            change.chain(),
            change.sequence(),
            change.previous(),
            change.next(),
            operator.signingKey()));
  }
}
