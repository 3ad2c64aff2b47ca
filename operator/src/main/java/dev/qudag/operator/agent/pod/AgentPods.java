package dev.qudag.operator.agent.pod;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.PodOverrides;
import dev.qudag.operator.agent.lifecycle.Feedback;
import dev.qudag.operator.agent.lifecycle.HandoverTimes;
import dev.qudag.operator.agent.lifecycle.Run;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.pod.PodParts;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pods of an agent, as they should be. Pure. */
public final class AgentPods {
  private AgentPods() {}

  /**
   * The pod of one attempt: plain, never started again, and held until the hub has what it left.
   */
  public static Pod attempt(Agent agent, RunPlace place, int attempt, Optional<Feedback> feedback) {
    String name = agent.getMetadata().getName();
    ObjectMeta meta = meta(agent, place, Run.podName(name, attempt), "agent");
    meta.getLabels().put(AgentNames.ATTEMPT, Integer.toString(attempt));
    meta.setFinalizers(List.of(AgentNames.HANDOVER_FINALIZER));
    List<Volume> volumes = new ArrayList<>(WorkspaceContainers.volumes(place));
    volumes.add(WorkspaceContainers.scratch(WorkspaceContainers.BIN));
    volumes.add(WorkspaceContainers.scratch(AgentContainer.MASK));
    volumes.add(papers(name, feedback));
    PodSpec spec =
        base(agent.getSpec().podOverrides(), place)
            .withActiveDeadlineSeconds((long) agent.getSpec().timeoutSeconds())
            .withInitContainers(
                WorkspaceContainers.sidecar(agent, place), WorkspaceContainers.install(place))
            .withContainers(AgentContainer.of(agent.getSpec(), attempt))
            .withVolumes(volumes)
            .build();
    return new PodBuilder().withMetadata(meta).withSpec(spec).build();
  }

  /** Does, on the same volume, what the sidecar of a lost pod could not. */
  public static Pod handover(Agent agent, RunPlace place, String podUid) {
    ObjectMeta meta =
        meta(agent, place, AgentNames.handover(agent.getMetadata().getName()), "handover");
    meta.getAnnotations().put(AgentNames.HANDOVER_FINALIZER, podUid);
    PodSpec spec =
        base(agent.getSpec().podOverrides(), place)
            .withContainers(WorkspaceContainers.handover(agent, place, podUid))
            .withVolumes(WorkspaceContainers.volumes(place))
            .build();
    return new PodBuilder().withMetadata(meta).withSpec(spec).build();
  }

  private static ObjectMeta meta(Agent agent, RunPlace place, String name, String component) {
    PodOverrides overrides = agent.getSpec().podOverrides();
    ObjectMeta meta = Children.meta(agent, name, place.swarm().name(), component);
    Map<String, String> labels = new HashMap<>(overrides == null ? Map.of() : overrides.labels());
    labels.putAll(meta.getLabels());
    labels.put(AgentNames.AGENT, agent.getMetadata().getName());
    labels.put(AgentNames.WORKSPACE, place.workspace());
    return new ObjectMetaBuilder(meta)
        .withLabels(labels)
        .withAnnotations(new HashMap<>(overrides == null ? Map.of() : overrides.annotations()))
        .build();
  }

  private static PodSpecBuilder base(@Nullable PodOverrides overrides, RunPlace place) {
    PodSpecBuilder spec =
        new PodSpecBuilder()
            .withRestartPolicy("Never")
            .withServiceAccountName(place.swarm().serviceAccount())
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withTerminationGracePeriodSeconds(HandoverTimes.GRACE.toSeconds())
            .withSecurityContext(PodParts.podSecurity());
    if (overrides == null) {
      return spec;
    }
    return spec.withNodeSelector(overrides.nodeSelector())
        .withRuntimeClassName(overrides.runtimeClassName())
        .withPriorityClassName(overrides.priorityClassName())
        .withImagePullSecrets(
            overrides.imagePullSecrets().stream()
                .map(secret -> new LocalObjectReference(secret.name()))
                .toList())
        .withTolerations(
            overrides.tolerations().stream()
                .map(
                    t ->
                        new Toleration(
                            t.effect() == null ? null : t.effect().name(),
                            t.key(),
                            t.operator() == null ? null : t.operator().name(),
                            t.tolerationSeconds(),
                            t.value()))
                .toList());
  }

  private static Volume papers(String agent, Optional<Feedback> feedback) {
    List<VolumeProjection> sources = new ArrayList<>();
    sources.add(file(AgentNames.task(agent), AgentPapers.TASK));
    feedback.ifPresent(
        given ->
            sources.add(file(AgentNames.feedback(agent, given.attempt()), AgentPapers.FEEDBACK)));
    return new VolumeBuilder()
        .withName(AgentContainer.PAPERS)
        .withNewProjected()
        .withSources(sources)
        .endProjected()
        .build();
  }

  private static VolumeProjection file(String configMap, String key) {
    return new VolumeProjectionBuilder()
        .withNewConfigMap()
        .withName(configMap)
        .addNewItem()
        .withKey(key)
        .withPath(key)
        .endItem()
        .endConfigMap()
        .build();
  }
}
