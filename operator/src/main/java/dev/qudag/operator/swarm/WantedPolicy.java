package dev.qudag.operator.swarm;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.PolicyChange;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.crypto.Digest;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.operator.swarm.configmap.ToSign;
import dev.qudag.proto.HubState;
import java.util.Optional;

/**
 * The policy that spec asks for, where another one is in force, and whose word it needs.
 *
 * @param needsAdministrator whether the genesis names people who must sign
 * @param signature by one of them, over exactly this change
 */
record WantedPolicy(
    PolicyChange change, boolean needsAdministrator, Optional<AdminSignature> signature) {
  static Optional<WantedPolicy> of(SwarmObservation observed) {
    Optional<HubState> told =
        observed.hubState().filter(state -> state.getPolicyDigest().size() == Digest.SIZE);
    if (observed.genesis().isEmpty() || told.isEmpty()) {
      return Optional.empty();
    }
    Genesis genesis = observed.genesis().get();
    HubState state = told.get();
    PolicyChange change =
        new PolicyChange(
            genesis.chainId(),
            state.getPolicyChanges(),
            Digest.of(state.getPolicyDigest().toByteArray()),
            ChainPolicy.of(observed.swarm().getSpec().policy()));
    return change.next().digest().equals(change.previousDigest())
        ? Optional.empty()
        : Optional.of(
            new WantedPolicy(
                change,
                !genesis.adminKeys().isEmpty(),
                AdminKeys.signatureOver(change.encode(), observed.swarm(), genesis.adminKeys())));
  }

  /** Whether a person has to sign before it can be asked for. */
  boolean isPending() {
    return needsAdministrator && signature.isEmpty();
  }

  /** What a person signs. */
  ToSign toSign() {
    return ToSign.of(ToSign.Kind.POLICY_CHANGE, change.encode());
  }
}
