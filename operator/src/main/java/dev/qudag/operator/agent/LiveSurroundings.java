package dev.qudag.operator.agent;

import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Workspace;
import dev.qudag.operator.agent.pod.AgentNames;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.node.SwarmKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;

/**
 * Reads from the API server. A cache that lags behind would take a pod that was just made for one
 * that was lost. Of proposals a pass only reads how they ended, which never changes: there, the
 * cache may lag.
 */
final class LiveSurroundings implements Surroundings {
  private final KubernetesClient client;
  private final Surroundings cache;

  LiveSurroundings(KubernetesClient client, Surroundings cache) {
    this.client = client;
    this.cache = cache;
  }

  @Override
  public Optional<Swarm> swarm(SwarmKey key) {
    return Optional.ofNullable(
        client.resources(Swarm.class).inNamespace(key.namespace()).withName(key.name()).get());
  }

  @Override
  public Optional<Workspace> workspace(String namespace, String name) {
    return Optional.ofNullable(
        client.resources(Workspace.class).inNamespace(namespace).withName(name).get());
  }

  @Override
  public List<Pod> pods(String namespace, String workspace) {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel(Children.MANAGED_BY, Children.OPERATOR)
        .withLabel(AgentNames.AGENT)
        .withLabel(AgentNames.WORKSPACE, workspace)
        .list()
        .getItems();
  }

  @Override
  public List<ConfigMap> papers(String namespace, String agent) {
    return client
        .configMaps()
        .inNamespace(namespace)
        .withLabel(Children.MANAGED_BY, Children.OPERATOR)
        .withLabel(AgentNames.AGENT, agent)
        .list()
        .getItems();
  }

  @Override
  public List<MergeProposal> proposals(String namespace, String workspace) {
    return cache.proposals(namespace, workspace);
  }
}
