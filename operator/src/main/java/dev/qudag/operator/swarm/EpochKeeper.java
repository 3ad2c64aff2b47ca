package dev.qudag.operator.swarm;

import dev.qudag.consensus.certificate.CertificateVerifier;
import dev.qudag.consensus.certificate.Seal;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.operator.node.Hub;
import dev.qudag.operator.node.SetInForce;
import dev.qudag.operator.swarm.configmap.EpochMap;
import dev.qudag.proto.HubState;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes down the set of each epoch that the hub says the chain is in. Of the hub's word nothing is
 * believed but the seals, each proven by the set of its epoch.
 */
final class EpochKeeper {
  private final Consumer<HasMetadata> writeOnce;

  /**
   * @param writeOnce makes an object that is not there yet
   */
  EpochKeeper(Consumer<HasMetadata> writeOnce) {
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
        writeOnce.accept(EpochMap.of(observed.swarm(), set, seal));
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
