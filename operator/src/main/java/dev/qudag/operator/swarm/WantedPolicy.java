package dev.qudag.operator.swarm;

import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.PolicyChange;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.crypto.Digest;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.operator.swarm.configmap.ToSign;
import dev.qudag.proto.HubState;
import java.util.Optional;

/**
 * The policy that spec asks for, where another one is in force, and whose word it needs. One that
 * no validator can judge by is not asked for.
 *
 * @param needsAdministrator whether the genesis names people who must sign
 * @param signature by one of them, over exactly this change
 */
record WantedPolicy(
    PolicyChange change, boolean needsAdministrator, Optional<AdminSignature> signature) {
  /**
   * @param told by the hub: which policy is in force
   */
  static Optional<WantedPolicy> of(Swarm swarm, Genesis genesis, HubState told) {
    if (told.getPolicyDigest().size() != Digest.SIZE
        || ChainPolicy.fault(swarm.getSpec().policy()).isPresent()) {
      return Optional.empty();
    }
    PolicyChange change =
        new PolicyChange(
            genesis.chainId(),
            told.getPolicyChanges(),
            Digest.of(told.getPolicyDigest().toByteArray()),
            ChainPolicy.of(swarm.getSpec().policy()));
    return change.next().digest().equals(change.previousDigest())
        ? Optional.empty()
        : Optional.of(
            new WantedPolicy(
                change,
                !genesis.adminKeys().isEmpty(),
                AdminKeys.signatureOver(change.encode(), swarm, genesis.adminKeys())));
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
