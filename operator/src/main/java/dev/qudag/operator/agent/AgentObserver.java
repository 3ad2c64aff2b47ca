package dev.qudag.operator.agent;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Workspace;
import dev.qudag.operator.node.Hubs;
import dev.qudag.operator.node.SwarmKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the world once for a pass. Pods and feedback are asked of the API server, not of a cache: a
 * cache that lags behind would take a pod that was just made for one that was lost.
 */
final class AgentObserver {
  private final KubernetesClient client;
  private final Hubs hubs;

  AgentObserver(KubernetesClient client, Hubs hubs) {
    this.client = client;
    this.hubs = hubs;
  }

  /**
   * Reads what concerns an agent.
   *
   * @param proposals the MergeProposals of its Workspace
   */
  AgentWorld observe(Agent agent, List<MergeProposal> proposals) {
    String namespace = agent.getMetadata().getNamespace();
    SwarmKey swarm = SwarmKey.near(agent, agent.getSpec().swarmRef().name());
    String workspace = workspaceName(agent);
    return new AgentWorld(
        agent,
        Optional.ofNullable(
            client.resources(Swarm.class).inNamespace(namespace).withName(swarm.name()).get()),
        Optional.ofNullable(
            client.resources(Workspace.class).inNamespace(namespace).withName(workspace).get()),
        pods(namespace, workspace),
        feedback(namespace, agent.getMetadata().getName()),
        proposals,
        hubs.hub(swarm),
        hubs.state(swarm));
  }

  /** Its own Workspace has its name. */
  static String workspaceName(Agent agent) {
    String named = agent.getSpec().workspace().name();
    return named == null ? agent.getMetadata().getName() : named;
  }

  /** The paper with its task. */
  Optional<ConfigMap> task(Agent agent) {
    String name = AgentNames.task(agent.getMetadata().getName());
    return Optional.ofNullable(
        client.configMaps().inNamespace(agent.getMetadata().getNamespace()).withName(name).get());
  }

  private List<Pod> pods(String namespace, String workspace) {
    var pods = client.pods().inNamespace(namespace);
    Stream<Pod> inWorkspace =
        pods.withLabel(AgentNames.WORKSPACE, workspace).list().getItems().stream();
    return inWorkspace
        .filter(pod -> pod.getMetadata().getLabels().containsKey(AgentNames.AGENT))
        .toList();
  }

  private List<ConfigMap> feedback(String namespace, String agent) {
    return client
        .configMaps()
        .inNamespace(namespace)
        .withLabel(AgentNames.AGENT, agent)
        .withLabel(AgentNames.ATTEMPT)
        .list()
        .getItems();
  }
}
