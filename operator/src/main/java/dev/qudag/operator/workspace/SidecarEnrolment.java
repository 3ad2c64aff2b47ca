package dev.qudag.operator.workspace;

import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Workspace;
import dev.qudag.api.v1alpha1.WorkspaceReason;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.crypto.recent.RecentMap;
import dev.qudag.operator.node.EnrolledNode;
import dev.qudag.operator.node.EnrolmentRefusedException;
import dev.qudag.operator.node.NodeEnrolment;
import dev.qudag.operator.node.NodeEnrolment.Welcome;
import dev.qudag.operator.node.NodeTarget;
import dev.qudag.operator.node.SwarmKey;
import io.grpc.Status;
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
   * @return why it cannot join; empty when it joined, or could not be reached yet
   */
  Optional<Refusal> enrol(Workspace workspace, Swarm swarm, Sidecar sidecar, Genesis genesis) {
    String uid = workspace.getMetadata().getUid();
    NodeTarget target =
        NodeTarget.ofWorkspace(
            SwarmKey.of(swarm), swarm.getMetadata().getUid(), uid, sidecar.pod());
    try {
      EnrolledNode node = enrolment.enrol(target);
      if (node.genesis().filter(kept -> !kept.equals(genesis.digest())).isPresent()) {
        return Optional.of(Refusal.ofEarlierChain(workspace, Optional.of(sidecar.pod())));
      }
      if (node.genesis().isEmpty()) {
        SignedGrant grant = enrolment.grant(genesis, uid, workspace.getMetadata().getName(), node);
        enrolment.join(target, node, Welcome.of(genesis, grant));
      }
      joined.put(uid, target.podUid());
      return Optional.empty();
    } catch (EnrolmentRefusedException impostor) {
      return Optional.of(
          new Refusal(
              WorkspaceReason.EnrolmentRefused,
              "%s: find out who runs pods with label %s"
                  .formatted(impostor.why(), Sidecar.WORKSPACE)));
    } catch (StatusRuntimeException e) {
      return unanswered(target, e);
    }
  }

  /** Whoever answers with a refusal will do so again; everything else may pass. */
  private static Optional<Refusal> unanswered(NodeTarget target, StatusRuntimeException e) {
    if (e.getStatus().getCode() == Status.Code.FAILED_PRECONDITION) {
      return Optional.of(
          new Refusal(
              WorkspaceReason.EnrolmentRefused,
              "pod %1$s does not join Swarm %2$s: %3$s. Let its agent have another one: kubectl delete pod -n %4$s %1$s"
                  .formatted(
                      target.podName(),
                      target.swarm().name(),
                      e.getStatus().getDescription(),
                      target.swarm().namespace())));
    }
    LOG.log(
        System.Logger.Level.DEBUG, () -> "workspace " + target.podName() + " is not there yet", e);
    return Optional.empty();
  }

  /** Whether a pod waits to be enrolled: what it got is on its volume, for any later start. */
  boolean isDue(Workspace workspace, Sidecar sidecar) {
    String pod = sidecar.pod().getMetadata().getUid();
    return sidecar.joining() && !pod.equals(joined.get(workspace.getMetadata().getUid()));
  }
}
