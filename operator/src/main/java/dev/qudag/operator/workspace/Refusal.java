package dev.qudag.operator.workspace;

import dev.qudag.api.v1alpha1.Workspace;
import dev.qudag.api.v1alpha1.WorkspaceReason;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/**
 * Why a sidecar cannot join the swarm.
 *
 * @param message the object concerned, and what a person does about it
 */
record Refusal(WorkspaceReason reason, String message) {
  /**
   * Its volume has joined the chain of an earlier Swarm of the same name.
   *
   * @param pod the one that works in it now
   */
  static Refusal ofEarlierChain(Workspace workspace, Optional<Pod> pod) {
    String namespace = workspace.getMetadata().getNamespace();
    String dropPod =
        pod.map(p -> " and kubectl delete pod -n " + namespace + " " + p.getMetadata().getName())
            .orElse("");
    return new Refusal(
        WorkspaceReason.JoinedOtherChain,
        "PersistentVolumeClaim %1$s belongs to the chain of an earlier Swarm %2$s and can join no other. Save what you need of it, then let the Workspace begin anew: kubectl delete pvc -n %3$s --wait=false %1$s%4$s"
            .formatted(
                WorkspaceVolume.name(workspace),
                workspace.getSpec().swarmRef().name(),
                namespace,
                dropPod));
  }
}
