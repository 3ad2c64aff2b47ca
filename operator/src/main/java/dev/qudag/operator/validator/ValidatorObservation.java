package dev.qudag.operator.validator;

import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Validator;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.operator.node.NodeJoiner.Standing;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.proto.ChainStatus;
import dev.qudag.proto.HubState;
import dev.qudag.proto.RemovedValidator;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/**
 * Everything that one pass over a Validator knows.
 *
 * @param standing how it stands to the genesis; empty while there is no genesis or no running pod
 * @param chain what its chain says; empty when it does not answer
 */
record ValidatorObservation(
    Validator validator,
    Optional<Swarm> swarm,
    Optional<Pod> pod,
    Optional<Genesis> genesis,
    Optional<HubState> hub,
    Optional<Standing> standing,
    Optional<ChainStatus> chain) {

  static SwarmKey key(Validator validator) {
    return SwarmKey.near(validator, validator.getSpec().swarmRef().name());
  }

  String name() {
    return validator.getMetadata().getName();
  }

  /** How the set removed it, if it did: by the hub, which verified the decision. */
  Optional<RemovedValidator> removal() {
    int index = validator.getSpec().index();
    return hub.flatMap(
        state ->
            state.getRemovedList().stream()
                .filter(removed -> removed.getIndex() == index)
                .findFirst());
  }

  /** Its place in the genesis, if it has one. */
  Optional<Member> member() {
    return genesis.flatMap(
        g -> g.members().stream().filter(member -> member.name().equals(name())).findFirst());
  }
}
