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
import java.util.ArrayList;
import java.util.List;

/** The hub's StatefulSet and Service, as the Swarm's spec wants them. */
public final class HubObjects {
  private static final String COMPONENT = "hub";

  private static final String SEED = "seed";
  private static final String UPSTREAM = "upstream";
  private static final String SIGNING = "signing";
  private static final int READABLE_BY_GROUP = 0440;

  private HubObjects() {}

  public static StatefulSet statefulSet(Swarm swarm, NodeSettings settings) {
    SwarmKey key = SwarmKey.of(swarm);
    SwarmSpec.Repository repository = swarm.getSpec().repository();
    var storage = repository.storage();
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
            NodeStatefulSet.resources("50m", "128Mi", "1280Mi"),
            null,
            volumes(swarm.getSpec()),
            mounts(swarm.getSpec())));
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
    SwarmSpec.Repository repository = swarm.getSpec().repository();
    env.add(NodeEnv.of("QUDAG_BRANCH", repository.branch()));
    if (repository.upstream() != null) {
      env.add(NodeEnv.of("QUDAG_UPSTREAM_URL", repository.upstream().url()));
    }
    if (repository.upstream() != null && repository.upstream().branch() != null) {
      env.add(NodeEnv.of("QUDAG_UPSTREAM_BRANCH", repository.upstream().branch()));
    }
    return env;
  }

  private static List<Volume> volumes(SwarmSpec spec) {
    SwarmSpec.Repository repository = spec.repository();
    List<Volume> volumes = new ArrayList<>();
    if (repository.seedConfigMapRef() != null) {
      volumes.add(seedVolume(repository.seedConfigMapRef().name()));
    }
    if (hasCredentials(repository)) {
      volumes.add(secretVolume(UPSTREAM, repository.upstream().credentialsSecretRef().name()));
    }
    if (spec.policy().landing().signingKeySecretRef() != null) {
      volumes.add(secretVolume(SIGNING, spec.policy().landing().signingKeySecretRef().name()));
    }
    return volumes;
  }

  private static List<VolumeMount> mounts(SwarmSpec spec) {
    SwarmSpec.Repository repository = spec.repository();
    List<VolumeMount> mounts = new ArrayList<>();
    if (repository.seedConfigMapRef() != null) {
      mounts.add(mount(SEED, PodParts.SEED_PATH));
    }
    if (hasCredentials(repository)) {
      mounts.add(mount(UPSTREAM, PodParts.UPSTREAM_PATH));
    }
    if (spec.policy().landing().signingKeySecretRef() != null) {
      mounts.add(mount(SIGNING, PodParts.SIGNING_PATH));
    }
    return mounts;
  }

  private static boolean hasCredentials(SwarmSpec.Repository repository) {
    return repository.upstream() != null && repository.upstream().credentialsSecretRef() != null;
  }

  /** Without it the hub starts, and says what it lacks. Its files are root's: ssh asks no more. */
  private static Volume secretVolume(String name, String secret) {
    return new VolumeBuilder()
        .withName(name)
        .withNewSecret()
        .withSecretName(secret)
        .withDefaultMode(READABLE_BY_GROUP)
        .withOptional(true)
        .endSecret()
        .build();
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

  private static VolumeMount mount(String volume, String path) {
    return new VolumeMountBuilder().withName(volume).withMountPath(path).withReadOnly(true).build();
  }
}
