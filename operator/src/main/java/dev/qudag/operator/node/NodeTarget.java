package dev.qudag.operator.node;

import dev.qudag.consensus.chain.identity.NodeRole;
import io.fabric8.kubernetes.api.model.Pod;

/**
 * A node that the operator made and now asks who it is.
 *
 * @param host where it listens: its Service, or the pod's address
 * @param podName the pod that must answer
 * @param podUid its UID: a pod of the same name made by somebody else does not count
 * @param name hub and validator: the node's name; workspace: the Workspace's UID
 */
public record NodeTarget(
    SwarmKey swarm,
    String swarmUid,
    NodeRole role,
    String name,
    String host,
    String podName,
    String podUid) {

  /** A hub or validator, asked through its Service. */
  public static NodeTarget ofService(
      SwarmKey swarm, String swarmUid, NodeRole role, String name, Pod pod) {
    return new NodeTarget(
        swarm,
        swarmUid,
        role,
        name,
        swarm.host(name),
        pod.getMetadata().getName(),
        pod.getMetadata().getUid());
  }

  /** A workspace, asked at its pod's address. */
  public static NodeTarget ofWorkspace(
      SwarmKey swarm, String swarmUid, String workspaceUid, Pod pod) {
    return new NodeTarget(
        swarm,
        swarmUid,
        NodeRole.WORKSPACE,
        workspaceUid,
        pod.getStatus().getPodIP(),
        pod.getMetadata().getName(),
        pod.getMetadata().getUid());
  }
}
