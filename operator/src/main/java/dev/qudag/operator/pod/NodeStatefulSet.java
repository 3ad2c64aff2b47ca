package dev.qudag.operator.pod;

import dev.qudag.api.v1alpha1.PodOverrides;
import dev.qudag.api.v1alpha1.Resources;
import dev.qudag.api.v1alpha1.Retention;
import dev.qudag.operator.children.Children;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The StatefulSet of one hub or validator: one replica, one private volume, Pod Security {@code
 * restricted}.
 */
public final class NodeStatefulSet {
  /** On a volume's claim: UID of the Swarm whose data it holds. */
  public static final String SWARM_UID = "qudag.dev/swarm-uid";

  private static final String DATA = "data";
  private static final int START_SECONDS = 180;

  private NodeStatefulSet() {}

  /**
   * What makes one node differ from another.
   *
   * @param component hub or validator, which is also the role that the program runs
   * @param env whole environment of the program
   */
  public record Node(
      String name,
      String swarm,
      String swarmUid,
      String component,
      String serviceAccount,
      List<EnvVar> env) {}

  /** The node's private volume. */
  public record Data(String size, @Nullable String storageClassName, Retention retention) {}

  /** What people may say about the node's pods; and a volume of its own that a role may need. */
  public record Shape(
      ResourceRequirements resources,
      @Nullable PodOverrides overrides,
      List<Volume> volumes,
      List<VolumeMount> mounts) {}

  /** Name of the claim that the StatefulSet makes. */
  public static String claimName(String node) {
    return DATA + "-" + node + "-0";
  }

  /** Name of the StatefulSet's only pod. */
  public static String podName(String node) {
    return node + "-0";
  }

  public static StatefulSet of(
      HasMetadata owner, NodeSettings settings, Node node, Data data, Shape shape) {
    String retention = data.retention().name();
    return new StatefulSetBuilder()
        .withMetadata(Children.nodeMeta(owner, node.name(), node.swarm(), node.component()))
        .withNewSpec()
        .withServiceName(node.name())
        .withReplicas(1)
        .withPodManagementPolicy("Parallel")
        .withNewSelector()
        .withMatchLabels(podLabels(node))
        .endSelector()
        .withNewPersistentVolumeClaimRetentionPolicy()
        .withWhenDeleted(retention)
        .withWhenScaled("Retain")
        .endPersistentVolumeClaimRetentionPolicy()
        .withTemplate(template(settings, node, shape))
        .withVolumeClaimTemplates(claim(node, data))
        .endSpec()
        .build();
  }

  /** The given figures, or the role's own. */
  public static ResourceRequirements resources(
      @Nullable Resources given, ResourceRequirements otherwise) {
    return given == null
        ? otherwise
        : new ResourceRequirementsBuilder()
            .withRequests(given.requests())
            .withLimits(given.limits())
            .build();
  }

  public static ResourceRequirements resources(String cpu, String memory, String memoryLimit) {
    return new ResourceRequirementsBuilder()
        .withRequests(Map.of("cpu", new Quantity(cpu), "memory", new Quantity(memory)))
        .withLimits(Map.of("memory", new Quantity(memoryLimit)))
        .build();
  }

  private static Map<String, String> podLabels(Node node) {
    return Map.of(
        Children.SWARM,
        node.swarm(),
        Children.COMPONENT,
        node.component(),
        Children.NODE,
        node.name());
  }

  private static PodTemplateSpec template(NodeSettings settings, Node node, Shape shape) {
    Map<String, String> labels = new HashMap<>(podLabels(node));
    labels.put(Children.MANAGED_BY, Children.OPERATOR);
    PodTemplateSpec template =
        new PodTemplateSpecBuilder()
            .withNewMetadata()
            .withLabels(labels)
            .endMetadata()
            .withSpec(podSpec(settings, node, shape))
            .build();
    return Overrides.apply(template, shape.overrides());
  }

  private static PodSpec podSpec(NodeSettings settings, Node node, Shape shape) {
    List<Volume> volumes = new ArrayList<>(List.of(PodParts.tokenVolume(), PodParts.tmpVolume()));
    volumes.addAll(shape.volumes());
    return new PodSpecBuilder()
        .withServiceAccountName(node.serviceAccount())
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withSecurityContext(PodParts.podSecurity())
        .withTerminationGracePeriodSeconds(10L)
        .addNewTopologySpreadConstraint()
        .withMaxSkew(1)
        .withTopologyKey("kubernetes.io/hostname")
        .withWhenUnsatisfiable("ScheduleAnyway")
        .withNewLabelSelector()
        .withMatchLabels(Children.selector(node.swarm(), node.component()))
        .endLabelSelector()
        .endTopologySpreadConstraint()
        .withContainers(container(settings, node, shape))
        .withVolumes(volumes)
        .build();
  }

  private static Container container(NodeSettings settings, Node node, Shape shape) {
    List<VolumeMount> mounts =
        new ArrayList<>(
            List.of(
                PodParts.mount(DATA, PodParts.DATA_PATH),
                PodParts.tokenMount(),
                PodParts.mount("tmp", "/tmp")));
    mounts.addAll(shape.mounts());
    return new ContainerBuilder()
        .withName(node.component())
        .withImage(settings.image())
        .withImagePullPolicy("IfNotPresent")
        .withArgs(node.component())
        .withEnv(node.env())
        .withPorts(PodParts.ports())
        .withResources(shape.resources())
        .withSecurityContext(PodParts.containerSecurity(true))
        .withStartupProbe(PodParts.startup("/healthz", START_SECONDS))
        .withReadinessProbe(PodParts.readiness("/readyz"))
        .withLivenessProbe(PodParts.liveness("/healthz"))
        .withVolumeMounts(mounts)
        .build();
  }

  private static PersistentVolumeClaim claim(Node node, Data data) {
    return new PersistentVolumeClaimBuilder()
        .withMetadata(
            new ObjectMetaBuilder()
                .withName(DATA)
                .withLabels(Children.labels(node.swarm(), node.component()))
                .addToAnnotations(SWARM_UID, node.swarmUid())
                .build())
        .withNewSpec()
        .withAccessModes("ReadWriteOnce")
        .withStorageClassName(data.storageClassName())
        .withNewResources()
        .addToRequests("storage", new Quantity(data.size()))
        .endResources()
        .endSpec()
        .build();
  }
}
