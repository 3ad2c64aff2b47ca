package dev.qudag.operator.agent;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Workspace;
import dev.qudag.operator.agent.pod.AgentNames;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.children.Observed;
import dev.qudag.operator.node.HubChange;
import dev.qudag.operator.node.HubEventSource;
import dev.qudag.operator.node.Hubs;
import dev.qudag.operator.node.SwarmKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What makes an agent be looked at again, and the caches to look into: its pods and papers, its
 * Workspace, the proposals from there, its Swarm, the hub.
 */
final class AgentSources implements Surroundings {
  private final EventSourceContext<Agent> context;
  private final InformerEventSource<Pod, Agent> pods;
  private final InformerEventSource<ConfigMap, Agent> papers;
  private final InformerEventSource<Workspace, Agent> workspaces;
  private final InformerEventSource<MergeProposal, Agent> proposals;
  private final InformerEventSource<Swarm, Agent> swarms;
  private final HubEventSource<Agent> hub;

  AgentSources(EventSourceContext<Agent> context, Hubs hubs) {
    this.context = context;
    this.pods = Observed.labelled(context, Pod.class, AgentNames.AGENT);
    this.papers = Observed.labelled(context, ConfigMap.class, AgentNames.AGENT);
    this.workspaces =
        Observed.mapped(
            context,
            Workspace.class,
            workspace -> inWorkspace(workspace, workspace.getMetadata().getName()));
    this.proposals =
        Observed.mapped(
            context, MergeProposal.class, proposal -> inWorkspace(proposal, workspace(proposal)));
    this.swarms = Observed.mapped(context, Swarm.class, swarm -> ofSwarm(SwarmKey.of(swarm)));
    this.hub = new HubEventSource<>(hubs, this::concerned);
  }

  List<EventSource<?, Agent>> all() {
    return List.of(pods, papers, workspaces, proposals, swarms, hub);
  }

  @Override
  public Optional<Swarm> swarm(SwarmKey key) {
    return swarms.get(new ResourceID(key.name(), key.namespace()));
  }

  @Override
  public Optional<Workspace> workspace(String namespace, String name) {
    return workspaces.get(new ResourceID(name, namespace));
  }

  @Override
  public List<Pod> pods(String namespace, String workspace) {
    return pods.list(namespace, pod -> workspace.equals(Children.label(pod, AgentNames.WORKSPACE)))
        .toList();
  }

  @Override
  public List<ConfigMap> papers(String namespace, String agent) {
    return papers
        .list(namespace, paper -> agent.equals(Children.label(paper, AgentNames.AGENT)))
        .toList();
  }

  @Override
  public List<MergeProposal> proposals(String namespace, String workspace) {
    return proposals.list(namespace, proposal -> workspace(proposal).equals(workspace)).toList();
  }

  /** None of a revert. */
  private static String workspace(MergeProposal proposal) {
    return Objects.requireNonNullElse(proposal.getSpec().source().workspace(), "");
  }

  private Set<ResourceID> ofSwarm(SwarmKey swarm) {
    return agents(
        swarm.namespace(), agent -> swarm.name().equals(agent.getSpec().swarmRef().name()));
  }

  private Set<ResourceID> concerned(HubChange change) {
    if (change.concernsAll()) {
      return ofSwarm(change.swarm());
    }
    Set<String> moved = change.workspaces();
    return agents(
        change.swarm().namespace(), agent -> moved.contains(AgentObserver.workspaceName(agent)));
  }

  private Set<ResourceID> inWorkspace(HasMetadata object, String workspace) {
    return agents(
        object.getMetadata().getNamespace(),
        agent -> workspace.equals(AgentObserver.workspaceName(agent)));
  }

  private Set<ResourceID> agents(String namespace, Predicate<Agent> concerned) {
    return Observed.primaries(context, namespace, concerned);
  }
}
