package dev.qudag.operator.agent;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.operator.node.Hubs;
import dev.qudag.operator.node.SwarmKey;

/** Reads the world once for a pass. */
final class AgentObserver {
  private final Hubs hubs;

  AgentObserver(Hubs hubs) {
    this.hubs = hubs;
  }

  AgentWorld observe(Agent agent, Surroundings around) {
    String namespace = agent.getMetadata().getNamespace();
    SwarmKey swarm = SwarmKey.near(agent, agent.getSpec().swarmRef().name());
    String workspace = workspaceName(agent);
    return new AgentWorld(
        agent,
        around.swarm(swarm),
        around.workspace(namespace, workspace),
        around.pods(namespace, workspace),
        around.papers(namespace, agent.getMetadata().getName()),
        around.proposals(namespace, workspace),
        hubs.hub(swarm),
        hubs.state(swarm));
  }

  /** Its own Workspace has its name. */
  static String workspaceName(Agent agent) {
    String named = agent.getSpec().workspace().name();
    return named == null ? agent.getMetadata().getName() : named;
  }
}
