package dev.qudag.operator.validator;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Validator;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.operator.node.NodeJoiner.Standing;
import dev.qudag.operator.node.SetInForce;
import dev.qudag.operator.node.SetInForce.Conviction;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.status.Conditions;
import dev.qudag.proto.ChainStatus;
import dev.qudag.proto.HubState;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that one pass over a Validator knows.
 *
 * @param set the validators that decide; empty while there is no genesis
 * @param standing how it stands to the set; empty while it is not in it, or has no running pod
 * @param chain what its chain says; empty when it does not answer
 */
record ValidatorObservation(
    Validator validator,
    Optional<Swarm> swarm,
    Optional<Pod> pod,
    Optional<SetInForce> set,
    Optional<HubState> hub,
    Optional<Standing> standing,
    Optional<ChainStatus> chain) {
  private static final Set<String> LEFT =
      Set.of(ValidatorReasons.SLASHED, ValidatorReasons.REMOVED);

  static SwarmKey key(Validator validator) {
    return SwarmKey.near(validator, validator.getSpec().swarmRef().name());
  }

  String name() {
    return validator.getMetadata().getName();
  }

  /** How the set removed it for what it did, if so. */
  Optional<Conviction> conviction() {
    return set.flatMap(known -> known.conviction(validator.getSpec().index()));
  }

  /** Its place in the set, if it has one. */
  Optional<Member> member() {
    return set.flatMap(known -> known.member(name()));
  }

  /** The first epoch that it was in, if it ever was. */
  Optional<Long> joined() {
    return set.flatMap(known -> Optional.ofNullable(known.joined().get(name())));
  }

  /** Whether it was in the set and is not any more. */
  boolean hasLeft() {
    return set.filter(known -> known.hasLeft(validator.getSpec().index())).isPresent();
  }

  /** Whether its status says that it was in the set and is not any more. */
  static boolean saysThatItLeft(Validator validator) {
    return validator.getStatus() != null
        && Conditions.find(validator.getStatus().conditions(), Condition.READY)
            .map(Condition::reason)
            .filter(LEFT::contains)
            .isPresent();
  }

  /** Whether it is one of those who are to join. */
  boolean isNewcomer() {
    int index = validator.getSpec().index();
    return swarm.isPresent()
        && set.isPresent()
        && set.get().newcomers(swarm.get().getSpec().validators().replicas()).contains(index)
        && name().equals(key(validator).validatorName(index));
  }
}
