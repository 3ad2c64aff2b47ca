package dev.qudag.operator.validator;

import dev.qudag.api.v1alpha1.Retention;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.SwarmSpec;
import dev.qudag.api.v1alpha1.Validator;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.pod.NodeEnv;
import dev.qudag.operator.pod.NodeService;
import dev.qudag.operator.pod.NodeSettings;
import dev.qudag.operator.pod.NodeStatefulSet;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.List;

/**
 * A validator's StatefulSet and Service, as the Swarm's spec wants them. Who has left the set runs
 * no more; its volume stays as long as the Validator does.
 */
final class ValidatorObjects {
  static final String COMPONENT = "validator";

  private ValidatorObjects() {}

  /**
   * @param runs whether the validator has a pod
   */
  static List<HasMetadata> of(
      Validator validator, Swarm swarm, NodeSettings settings, boolean runs) {
    String name = validator.getMetadata().getName();
    return List.of(
        NodeService.of(validator, name, swarm.getMetadata().getName(), COMPONENT),
        new StatefulSetBuilder(statefulSet(validator, swarm, settings))
            .editSpec()
            .withReplicas(runs ? 1 : 0)
            .endSpec()
            .build());
  }

  private static StatefulSet statefulSet(Validator validator, Swarm swarm, NodeSettings settings) {
    SwarmKey key = SwarmKey.of(swarm);
    String name = validator.getMetadata().getName();
    String uid = swarm.getMetadata().getUid();
    SwarmSpec.Validators spec = swarm.getSpec().validators();
    List<EnvVar> env = NodeEnv.common(settings, name, key.name(), uid);
    return NodeStatefulSet.of(
        validator,
        settings,
        new NodeStatefulSet.Node(name, key.name(), uid, COMPONENT, key.serviceAccount(), env),
        new NodeStatefulSet.Data(
            spec.storage().size(), spec.storage().storageClassName(), Retention.Delete),
        new NodeStatefulSet.Shape(
            NodeStatefulSet.resources(
                spec.resources(), NodeStatefulSet.resources("50m", "128Mi", "1Gi")),
            spec.podOverrides(),
            List.of(),
            List.of()));
  }
}
