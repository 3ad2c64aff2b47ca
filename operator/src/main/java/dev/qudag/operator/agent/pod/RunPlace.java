package dev.qudag.operator.agent.pod;

import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.pod.NodeSettings;

/**
 * Where an agent's pods run: all that they are told beside the Agent's own spec.
 *
 * @param branch short name of the protected branch
 * @param workspaceUid identity of the Workspace on the chain
 * @param volume the Workspace's claim
 */
public record RunPlace(
    NodeSettings settings,
    SwarmKey swarm,
    String swarmUid,
    String branch,
    String workspace,
    String workspaceUid,
    String volume,
    String vcs) {}
