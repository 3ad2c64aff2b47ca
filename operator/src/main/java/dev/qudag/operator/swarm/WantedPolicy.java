package dev.qudag.operator.swarm;

import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.SwarmStatus;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.PolicyChange;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.crypto.Digest;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.proto.HubState;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The policy that spec asks for, where another one is in force, and whose word it needs.
 *
 * @param needsAdministrator whether the genesis names people who must sign
 * @param signature by one of them, over exactly this change
 */
record WantedPolicy(
    PolicyChange change, boolean needsAdministrator, Optional<AdminSignature> signature) {
  private static final String KIND = "PolicyChange";
  private static final String KEY = "change";

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

  String digest() {
    return Digest.sha256(change.encode()).hex();
  }

  SwarmStatus.PendingChange status() {
    return new SwarmStatus.PendingChange(KIND, digest());
  }

  /** What a person signs, for {@code qudag-node admin sign}. */
  ConfigMap toSign(Swarm swarm) {
    SwarmKey key = SwarmKey.of(swarm);
    return new ConfigMapBuilder()
        .withMetadata(
            Children.meta(
                swarm,
                /* name= */ key.pendingChangeName(),
                /* swarm= */ key.name(),
                /* component= */ "swarm"))
        .withBinaryData(Map.of(KEY, Base64.getEncoder().encodeToString(change.encode())))
        .build();
  }
}
