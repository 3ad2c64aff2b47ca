package dev.qudag.operator.swarm;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.consensus.chain.identity.HubMember;
import dev.qudag.consensus.chain.identity.NodeRole;
import dev.qudag.operator.children.ChildApplier;
import dev.qudag.operator.node.NodeEnrolment.Welcome;
import dev.qudag.operator.node.NodeJoiner;
import dev.qudag.operator.node.NodeTarget;
import dev.qudag.operator.swarm.configmap.GenesisMap;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/**
 * Brings a swarm from pods to a chain: its genesis once, then its hub into it. Validators see to
 * themselves.
 */
final class SwarmEnrolment {
  private final ChildApplier applier;
  private final GenesisMaker maker;
  private final NodeJoiner joiner;

  SwarmEnrolment(ChildApplier applier, GenesisMaker maker, NodeJoiner joiner) {
    this.applier = applier;
    this.maker = maker;
    this.joiner = joiner;
  }

  /** Takes the next step, if there is one, and says what is still missing. */
  Optional<Finding> advance(SwarmObservation observed) {
    return observed.genesis().isPresent()
        ? joinHub(observed, observed.genesis().get())
        : makeGenesis(observed);
  }

  private Optional<Finding> makeGenesis(SwarmObservation observed) {
    return switch (maker.make(observed)) {
      case GenesisMaker.Outcome.NotYet(Finding why) -> Optional.of(why);
      case GenesisMaker.Outcome.Made(Genesis genesis, Optional<AdminSignature> succession) -> {
        var standing = applier.createOnce(GenesisMap.of(observed.swarm(), genesis, succession));
        yield standing
            .flatMap(map -> NameTaken.by(map, observed.swarm()))
            .or(
                () ->
                    Optional.of(
                        Finding.reconciling(
                            SwarmReasons.JOINING, "The genesis is made, nodes are joining it")));
      }
    };
  }

  private Optional<Finding> joinHub(SwarmObservation observed, Genesis genesis) {
    HubMember hub = genesis.hub();
    Optional<Pod> pod =
        observed.pod(hub.name()).filter(p -> "Running".equals(p.getStatus().getPhase()));
    if (pod.isEmpty()) {
      return Optional.of(
          Finding.reconciling(SwarmReasons.STARTING, "Waiting for the pod of " + hub.name()));
    }
    NodeTarget target =
        NodeTarget.ofService(observed.key(), observed.uid(), NodeRole.HUB, hub.name(), pod.get());
    var welcome = Welcome.of(genesis, observed.set(), observed.succession());
    return switch (joiner.ensureJoined(target, welcome, hub.signingKey(), hub.tlsFingerprint())) {
      case NodeJoiner.Standing.Joined _ -> Optional.empty();
      case NodeJoiner.Standing.Unreachable(String why) ->
          Optional.of(
              Finding.reconciling(
                  SwarmReasons.JOINING, "Waiting until %s answers: %s".formatted(hub.name(), why)));
      case NodeJoiner.Standing.Refused(String why) ->
          Optional.of(
              Finding.stalled(SwarmReasons.ENROLMENT_REFUSED, "%s: %s".formatted(hub.name(), why)));
      case NodeJoiner.Standing.KeyChanged(var fingerprint) ->
          Optional.of(
              Finding.stalled(
                  SwarmReasons.KEY_CHANGED,
                  "%s has key %s, the genesis names %s: its volume was replaced. Put its keys back on the volume (docs/how-to/restore-hub.md), or delete the Swarm and make it again"
                      .formatted(
                          hub.name(),
                          fingerprint.shortHex(),
                          hub.signingKey().fingerprint().shortHex())));
    };
  }
}
