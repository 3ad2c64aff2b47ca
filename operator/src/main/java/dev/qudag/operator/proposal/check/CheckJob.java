package dev.qudag.operator.proposal.check;

import dev.qudag.api.v1alpha1.Resources;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.pod.PodParts;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Job that runs one check on one tree: an init container fetches the tree by its token, then
 * the user's image runs the command on it, without a token, an identity or a Secret.
 *
 * @param swarm owns the Job: results outlive the proposal that asked for them
 * @param resources of the check's container
 * @param tries which one it is
 */
public record CheckJob(
    Swarm swarm, CheckKey key, Optional<Resources> resources, Source source, Tries tries) {
  /** Container that runs the check. */
  public static final String CHECK = "check";

  /** Init container that brings the tree. */
  public static final String FETCH = "fetch-tree";

  private static final String COMPONENT = "check";
  private static final String WORKSPACE = "/workspace";
  private static final int KEPT_SECONDS = 3600;

  /** Time for the pod to start and to fetch the tree, beside the check's own. */
  private static final long STARTING_SECONDS = 600;

  /** Time for the cluster to find a node: after it another Job takes this one's place. */
  static final long SCHEDULING_SECONDS = 600;

  private static final Map<String, Quantity> SMALL =
      Map.of("cpu", new Quantity("50m"), "memory", new Quantity("64Mi"));
  private static final Map<String, Quantity> ROOMY = Map.of("memory", new Quantity("512Mi"));

  /**
   * Where the tree comes from.
   *
   * @param nodeImage image with the program that fetches
   * @param hub host and port of its trees
   * @param hubFingerprint of the hub's TLS key, 64 hex digits
   * @param token good for this tree and this Job
   */
  public record Source(String nodeImage, String hub, String hubFingerprint, String token) {}

  public Job desired() {
    return new JobBuilder()
        .withMetadata(Children.meta(swarm, key.jobName(), swarm.getMetadata().getName(), COMPONENT))
        .editMetadata()
        .addToAnnotations(tries.annotations())
        .endMetadata()
        .withNewSpec()
        .withActiveDeadlineSeconds(podSeconds() + SCHEDULING_SECONDS)
        .withBackoffLimit(0)
        .withTtlSecondsAfterFinished(KEPT_SECONDS)
        .withTemplate(template())
        .endSpec()
        .build();
  }

  private long podSeconds() {
    return key.spec().timeoutSeconds() + STARTING_SECONDS;
  }

  private PodTemplateSpec template() {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(Children.labels(swarm.getMetadata().getName(), COMPONENT))
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withActiveDeadlineSeconds(podSeconds())
        .withTerminationGracePeriodSeconds(5L)
        .withServiceAccountName(SwarmKey.of(swarm).checkServiceAccount())
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withSecurityContext(PodParts.podSecurity())
        .withInitContainers(fetch())
        .withContainers(check())
        .addNewVolume()
        .withName("tree")
        .withNewEmptyDir()
        .endEmptyDir()
        .endVolume()
        .addToVolumes(PodParts.tmpVolume())
        .endSpec()
        .build();
  }

  private Container fetch() {
    return new ContainerBuilder()
        .withName(FETCH)
        .withImage(source.nodeImage())
        .withCommand("/opt/qudag/bin/" + FETCH)
        .withEnv(
            variable("QUDAG_HUB_TREES", source.hub()),
            variable("QUDAG_HUB_TLS_FINGERPRINT", source.hubFingerprint()),
            variable("QUDAG_TREE_TOKEN", source.token()),
            variable("QUDAG_TREE_DIR", WORKSPACE))
        .withVolumeMounts(PodParts.mount("tree", WORKSPACE))
        .withSecurityContext(PodParts.containerSecurity(true))
        .withResources(
            new ResourceRequirementsBuilder().withRequests(SMALL).withLimits(ROOMY).build())
        .build();
  }

  private Container check() {
    return new ContainerBuilder()
        .withName(CHECK)
        .withImage(key.spec().image())
        .withCommand(key.spec().command().stream().map(CheckJob::literally).toList())
        .withWorkingDir(WORKSPACE)
        .withEnv(environment())
        .withVolumeMounts(PodParts.mount("tree", WORKSPACE), PodParts.mount("tmp", "/tmp"))
        .withSecurityContext(PodParts.containerSecurity(false))
        .withResources(required())
        .build();
  }

  private List<EnvVar> environment() {
    List<EnvVar> variables = new ArrayList<>();
    if (!key.spec().env().containsKey("HOME")) {
      variables.add(variable("HOME", "/tmp"));
    }
    key.spec().env().forEach((name, value) -> variables.add(variable(name, literally(value))));
    return variables;
  }

  private ResourceRequirements required() {
    return new ResourceRequirementsBuilder()
        .withRequests(resources.map(Resources::requests).filter(r -> !r.isEmpty()).orElse(SMALL))
        .withLimits(resources.map(Resources::limits).filter(l -> !l.isEmpty()).orElse(ROOMY))
        .build();
  }

  private static EnvVar variable(String name, String value) {
    return new EnvVar(name, value, null);
  }

  /** Kubernetes expands {@code $(NAME)} and {@code $$}; a check runs what the policy says. */
  private static String literally(String text) {
    return text.replace("$", "$$");
  }
}
