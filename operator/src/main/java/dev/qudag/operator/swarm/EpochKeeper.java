package dev.qudag.operator.swarm;

import dev.qudag.consensus.certificate.CertificateVerifier;
import dev.qudag.consensus.certificate.Seal;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.operator.node.Hub;
import dev.qudag.operator.node.SetInForce;
import dev.qudag.operator.swarm.configmap.EpochMap;
import dev.qudag.proto.HubState;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes down the set of each epoch that the hub says the chain is in. Of the hub's word nothing is
 * believed but the seals, each proven by the set of its epoch.
 */
final class EpochKeeper {
  private final Function<ConfigMap, Optional<ConfigMap>> writeOnce;

  /**
   * @param writeOnce makes a ConfigMap that is not there yet, and gives what stands under its name
   */
  EpochKeeper(Function<ConfigMap, Optional<ConfigMap>> writeOnce) {
    this.writeOnce = writeOnce;
  }

  /** Takes the steps that there are, and says what is in their way. */
  Optional<Finding> advance(SwarmObservation observed, Hub hub) {
    Genesis genesis = hub.genesis();
    MemberSet set = observed.set().map(SetInForce::set).orElseGet(genesis::set);
    long epoch = observed.hubState().map(HubState::getEpoch).orElse(0L);
    try {
      while (set.epoch() < epoch) {
        Seal seal = hub.seal(set.epoch());
        set = CertificateVerifier.of(genesis.chainId(), set).setAfter(seal);
        Optional<Finding> taken =
            writeOnce
                .apply(EpochMap.of(observed.swarm(), set, seal))
                .flatMap(standing -> NameTaken.by(standing, observed.swarm()));
        if (taken.isPresent()) {
          return taken;
        }
      }
      return Optional.empty();
    } catch (StatusRuntimeException e) {
      return Optional.of(
          Finding.reconciling(
              SwarmReasons.HUB_UNAVAILABLE,
              "The hub does not tell what ended epoch %d: %s"
                  .formatted(set.epoch(), e.getStatus().getDescription())));
    } catch (IllegalArgumentException e) {
      return Optional.of(
          Finding.stalled(
              SwarmReasons.SEAL_NOT_PROVEN,
              "What the hub says ended epoch %d does not prove it: %s"
                  .formatted(set.epoch(), e.getMessage())));
    }
  }
}
