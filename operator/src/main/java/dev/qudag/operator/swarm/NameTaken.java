package dev.qudag.operator.swarm;

import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.operator.children.Children;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Optional;

/**
 * A ConfigMap that has the name of one of the Swarm's, and is not the Swarm's: it is not read, and
 * as long as it is there the Swarm's own cannot be. Pure.
 */
final class NameTaken {
  private NameTaken() {}

  /** What is in the way, if what stands under the name is not the Swarm's. */
  static Optional<Finding> by(ConfigMap standing, Swarm swarm) {
    if (Children.isControlledBy(standing, swarm)) {
      return Optional.empty();
    }
    String name = standing.getMetadata().getName();
    return Optional.of(
        isGoing(standing, swarm)
            ? Finding.reconciling(
                SwarmReasons.NAME_TAKEN,
                "ConfigMap %s is not this Swarm's, which needs the name, and is being removed"
                    .formatted(name))
            : Finding.stalled(
                SwarmReasons.NAME_TAKEN,
                "ConfigMap %1$s is not this Swarm's, which needs the name: kubectl delete configmap -n %2$s %1$s, and the operator writes its own"
                    .formatted(name, standing.getMetadata().getNamespace())));
  }

  /** That of a Swarm of this name which was there before goes with it, a little later. */
  private static boolean isGoing(ConfigMap standing, Swarm swarm) {
    return standing.getMetadata().getDeletionTimestamp() != null
        || standing.getMetadata().getOwnerReferences().stream()
            .anyMatch(
                owner ->
                    owner.getKind().equals(swarm.getKind())
                        && owner.getName().equals(swarm.getMetadata().getName()));
  }
}
