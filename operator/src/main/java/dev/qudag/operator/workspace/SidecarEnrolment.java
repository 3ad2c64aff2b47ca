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

  /** UID of each pod whose refusal stands in the log, by the UID of its workspace. */
  private final Map<String, String> told = Collections.synchronizedMap(RecentMap.byUse(REMEMBERED));

  SidecarEnrolment(NodeEnrolment enrolment) {
    this.enrolment = enrolment;
  }

  /**
   * Enrols the sidecar of a pod. One that has joined already is left alone.
   *
   * @return why it cannot join; empty when it joined, or could not be reached yet
   */
  Optional<Refusal> enrol(Workspace workspace, Swarm swarm, Sidecar sidecar, Genesis genesis) {
    NodeTarget target =
        NodeTarget.ofWorkspace(
            SwarmKey.of(swarm),
            swarm.getMetadata().getUid(),
            workspace.getMetadata().getUid(),
            sidecar.pod());
    Optional<Refusal> refusal = ask(workspace, target, genesis);
    refusal.ifPresent(why -> tellOnce(workspace, target, why));
    return refusal;
  }

  private Optional<Refusal> ask(Workspace workspace, NodeTarget target, Genesis genesis) {
    String uid = workspace.getMetadata().getUid();
    try {
      EnrolledNode node = enrolment.enrol(target);
      if (node.genesis().filter(kept -> !kept.equals(genesis.digest())).isPresent()) {
        return Optional.of(joinedOtherChain(workspace, target));
      }
      if (node.genesis().isEmpty()) {
        SignedGrant grant = enrolment.grant(genesis, uid, workspace.getMetadata().getName(), node);
        enrolment.join(target, node, genesis, Optional.of(grant));
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

  private static Refusal joinedOtherChain(Workspace workspace, NodeTarget target) {
    return new Refusal(
        WorkspaceReason.JoinedOtherChain,
        "PersistentVolumeClaim %1$s belongs to the chain of an earlier Swarm %2$s and can join no other. Save what you need of it, then let the Workspace begin anew: kubectl delete pvc -n %3$s --wait=false %1$s and kubectl delete pod -n %3$s %4$s"
            .formatted(
                WorkspaceVolume.name(workspace),
                target.swarm().name(),
                target.swarm().namespace(),
                target.podName()));
  }

  /** The status says it all the time; one line for each pod is enough in the log. */
  private void tellOnce(Workspace workspace, NodeTarget target, Refusal refusal) {
    String before = told.put(workspace.getMetadata().getUid(), target.podUid());
    if (!target.podUid().equals(before)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "workspace {0} of namespace {1}: {2}: {3}",
          workspace.getMetadata().getName(),
          target.swarm().namespace(),
          refusal.reason(),
          refusal.message());
    }
  }

  /** Whether a pod waits to be enrolled: what it got is on its volume, for any later start. */
  boolean isDue(Workspace workspace, Sidecar sidecar) {
    String pod = sidecar.pod().getMetadata().getUid();
    return sidecar.joining() && !pod.equals(joined.get(workspace.getMetadata().getUid()));
  }
}
