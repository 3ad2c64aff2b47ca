package dev.qudag.operator.swarm;

import dev.qudag.api.v1alpha1.LocalRef;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Validator;
import dev.qudag.api.v1alpha1.ValidatorSpec;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.pod.NodeSettings;
import dev.qudag.operator.swarm.objects.AgentObjects;
import dev.qudag.operator.swarm.objects.HubObjects;
import dev.qudag.operator.swarm.objects.NetworkPolicies;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * What one pass makes so: objects to put in place and to remove. A pure function of the
 * observation.
 *
 * @param desired objects to put in place, in this order
 * @param surplus objects to remove
 */
record SwarmPlan(List<HasMetadata> desired, List<HasMetadata> surplus) {
  private static final String SWARM = "swarm";
  private static final String VALIDATOR = "validator";

  SwarmPlan {
    desired = List.copyOf(desired);
    surplus = List.copyOf(surplus);
  }

  static SwarmPlan of(SwarmObservation observed, NodeSettings settings) {
    Swarm swarm = observed.swarm();
    if (observed.isBlocked()) {
      return new SwarmPlan(List.of(), List.of());
    }
    List<HasMetadata> desired = new ArrayList<>();
    SwarmKey key = SwarmKey.of(swarm);
    desired.add(serviceAccount(swarm, key.serviceAccount()));
    desired.add(serviceAccount(swarm, key.checkServiceAccount()));
    desired.addAll(NetworkPolicies.of(swarm));
    desired.add(HubObjects.service(swarm));
    desired.add(HubObjects.statefulSet(swarm, settings));
    observed.indices().forEach(index -> desired.add(validator(swarm, index)));
    observed.newcomers().forEach(index -> desired.add(validator(swarm, index)));
    if (observed.setSize() > 1) {
      desired.add(disruptionBudget(swarm));
    }
    AgentObjects agents = AgentObjects.of(swarm, observed.agents());
    desired.addAll(agents.apply());
    return new SwarmPlan(desired, List.copyOf(agents.delete()));
  }

  private static ServiceAccount serviceAccount(Swarm swarm, String name) {
    return new ServiceAccountBuilder()
        .withMetadata(Children.meta(swarm, name, swarm.getMetadata().getName(), SWARM))
        .withAutomountServiceAccountToken(false)
        .build();
  }

  private static Validator validator(Swarm swarm, int index) {
    SwarmKey key = SwarmKey.of(swarm);
    Validator validator = new Validator();
    validator.setMetadata(Children.meta(swarm, key.validatorName(index), key.name(), VALIDATOR));
    validator.setSpec(new ValidatorSpec(new LocalRef(key.name()), index));
    return validator;
  }

  /** One at a time: whoever drains a node waits until the validator before is back. */
  private static PodDisruptionBudget disruptionBudget(Swarm swarm) {
    String name = swarm.getMetadata().getName();
    return new PodDisruptionBudgetBuilder()
        .withMetadata(Children.meta(swarm, name + "-validators", name, VALIDATOR))
        .withNewSpec()
        .withMaxUnavailable(new IntOrString(1))
        .withNewSelector()
        .withMatchLabels(Children.selector(name, VALIDATOR))
        .endSelector()
        .endSpec()
        .build();
  }
}
