package dev.qudag.operator.workspace;

import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Workspace;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.crypto.recent.RecentMap;
import dev.qudag.operator.node.EnrolledNode;
import dev.qudag.operator.node.EnrolmentRefusedException;
import dev.qudag.operator.node.NodeEnrolment;
import dev.qudag.operator.node.NodeTarget;
import dev.qudag.operator.node.SwarmKey;
import io.grpc.StatusRuntimeException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/**
 * Lets a workspace join its swarm: asks who it is, and hands it the genesis and the operator's
 * grant.
 */
final class SidecarEnrolment {
  private static final System.Logger LOG = System.getLogger(SidecarEnrolment.class.getName());

  private static final int REMEMBERED = 10_000;

  private final NodeEnrolment enrolment;

  /** UID of each pod that is known to have joined, by the UID of its workspace. */
  private final Map<String, String> joined =
      Collections.synchronizedMap(RecentMap.byUse(REMEMBERED));

  SidecarEnrolment(NodeEnrolment enrolment) {
    this.enrolment = enrolment;
  }

  /**
   * Enrols the sidecar of a pod. One that has joined already is left alone.
   *
   * @return why it was refused; empty when it joined, or could not be reached yet
   */
  Optional<String> enrol(Workspace workspace, Swarm swarm, Sidecar sidecar, Genesis genesis) {
    String uid = workspace.getMetadata().getUid();
    NodeTarget target =
        NodeTarget.ofWorkspace(
            SwarmKey.of(swarm), swarm.getMetadata().getUid(), uid, sidecar.pod());
    try {
      EnrolledNode node = enrolment.enrol(target);
      if (node.genesis().filter(genesis.digest()::equals).isEmpty()) {
        SignedGrant grant = enrolment.grant(genesis, uid, workspace.getMetadata().getName(), node);
        enrolment.join(target, node, genesis, Optional.of(grant));
      }
      joined.put(uid, sidecar.pod().getMetadata().getUid());
      return Optional.empty();
    } catch (EnrolmentRefusedException refused) {
      return Optional.of(String.valueOf(refused.getMessage()));
    } catch (StatusRuntimeException unreachable) {
      LOG.log(
          System.Logger.Level.DEBUG,
          () -> "workspace " + target.podName() + " is not there yet",
          unreachable);
      return Optional.empty();
    }
  }

  /** Whether a pod waits to be enrolled: what it got is on its volume, for any later start. */
  boolean isDue(Workspace workspace, Sidecar sidecar) {
    String pod = sidecar.pod().getMetadata().getUid();
    return sidecar.joining() && !pod.equals(joined.get(workspace.getMetadata().getUid()));
  }
}
