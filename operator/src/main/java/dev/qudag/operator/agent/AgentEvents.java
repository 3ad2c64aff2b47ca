package dev.qudag.operator.agent;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Workspace;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.node.HubEventSource;
import dev.qudag.operator.node.SwarmKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What makes an agent be looked at again: its pods, its Workspace, the proposals from there, its
 * Swarm, the hub.
 */
final class AgentEvents {
  private static final String PROPOSALS = "agent-proposals";

  private AgentEvents() {}

  static List<EventSource<?, Agent>> sources(
      EventSourceContext<Agent> context, HubEventSource<Agent> hub) {
    return List.of(
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Pod.class, Agent.class)
                .withName("agent-pods")
                .withLabelSelector(Children.SELECTOR + "," + AgentNames.AGENT)
                .withSecondaryToPrimaryMapper(AgentEvents::byLabel)
                .build(),
            context),
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Workspace.class, Agent.class)
                .withName("agent-workspaces")
                .withSecondaryToPrimaryMapper(
                    workspace -> inWorkspace(context, workspace, workspace.getMetadata().getName()))
                .build(),
            context),
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(MergeProposal.class, Agent.class)
                .withName(PROPOSALS)
                .withSecondaryToPrimaryMapper(
                    proposal ->
                        inWorkspace(context, proposal, proposal.getSpec().source().workspace()))
                .build(),
            context),
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Swarm.class, Agent.class)
                .withName("agent-swarms")
                .withSecondaryToPrimaryMapper(swarm -> ofSwarm(context, SwarmKey.of(swarm)))
                .build(),
            context),
        hub);
  }

  /** The MergeProposals that come from the agent's Workspace, as the cache knows them. */
  @SuppressWarnings("unchecked")
  static List<MergeProposal> proposals(Context<Agent> context, Agent agent) {
    var source =
        (InformerEventSource<MergeProposal, Agent>)
            context.eventSourceRetriever().getEventSourceFor(MergeProposal.class, PROPOSALS);
    String workspace = AgentObserver.workspaceName(agent);
    return source
        .list(
            agent.getMetadata().getNamespace(),
            p -> p.getSpec().source().workspace().equals(workspace))
        .toList();
  }

  static Set<ResourceID> ofSwarm(EventSourceContext<Agent> context, SwarmKey swarm) {
    return agents(
        context,
        swarm.namespace(),
        agent -> swarm.name().equals(agent.getSpec().swarmRef().name()));
  }

  private static Set<ResourceID> inWorkspace(
      EventSourceContext<Agent> context, HasMetadata object, String workspace) {
    return agents(
        context,
        object.getMetadata().getNamespace(),
        agent -> workspace.equals(AgentObserver.workspaceName(agent)));
  }

  private static Set<ResourceID> agents(
      EventSourceContext<Agent> context, String namespace, Predicate<Agent> concerned) {
    return context
        .getPrimaryCache()
        .list(namespace, concerned)
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }

  private static Set<ResourceID> byLabel(Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    return Set.of(new ResourceID(labels.get(AgentNames.AGENT), pod.getMetadata().getNamespace()));
  }
}
