package dev.qudag.operator.swarm.objects;

import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.SwarmSpec;
import dev.qudag.operator.node.Ports;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.pod.NodeEnv;
import dev.qudag.operator.pod.NodeService;
import dev.qudag.operator.pod.NodeSettings;
import dev.qudag.operator.pod.NodeStatefulSet;
import dev.qudag.operator.pod.PodParts;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;

/** The hub's StatefulSet and Service, as the Swarm's spec wants them. */
public final class HubObjects {
  private static final String COMPONENT = "hub";

  private static final String SEED = "seed";

  private HubObjects() {}

  public static StatefulSet statefulSet(Swarm swarm, NodeSettings settings) {
    SwarmKey key = SwarmKey.of(swarm);
    SwarmSpec.Repository repository = swarm.getSpec().repository();
    var storage = repository.storage();
    boolean seeded = repository.seedConfigMapRef() != null;
    return NodeStatefulSet.of(
        swarm,
        settings,
        new NodeStatefulSet.Node(
            key.hubName(),
            key.name(),
            swarm.getMetadata().getUid(),
            COMPONENT,
            key.serviceAccount(),
            env(swarm, settings)),
        new NodeStatefulSet.Data(storage.size(), storage.storageClassName(), storage.retention()),
        new NodeStatefulSet.Shape(
            NodeStatefulSet.resources("50m", "128Mi", "768Mi"),
            null,
            seeded ? List.of(seedVolume(repository.seedConfigMapRef().name())) : List.of(),
            seeded ? List.of(seedMount()) : List.of()));
  }

  public static Service service(Swarm swarm) {
    SwarmKey key = SwarmKey.of(swarm);
    return new ServiceBuilder(NodeService.of(swarm, key.hubName(), key.name(), COMPONENT))
        .editSpec()
        .addToPorts(NodeService.port("trees", Ports.TREES))
        .endSpec()
        .build();
  }

  private static List<EnvVar> env(Swarm swarm, NodeSettings settings) {
    SwarmKey key = SwarmKey.of(swarm);
    List<EnvVar> env =
        NodeEnv.common(settings, key.hubName(), key.name(), swarm.getMetadata().getUid());
    env.add(NodeEnv.of("QUDAG_BRANCH", swarm.getSpec().repository().branch()));
    return env;
  }

  private static Volume seedVolume(String configMap) {
    return new VolumeBuilder()
        .withName(SEED)
        .withNewConfigMap()
        .withName(configMap)
        .withOptional(true)
        .endConfigMap()
        .build();
  }

  private static VolumeMount seedMount() {
    return new VolumeMountBuilder()
        .withName(SEED)
        .withMountPath(PodParts.SEED_PATH)
        .withReadOnly(true)
        .build();
  }
}
