package dev.qudag.operator.workspace;

import dev.qudag.api.v1alpha1.Workspace;
import dev.qudag.api.v1alpha1.WorkspaceStatus;
import dev.qudag.operator.status.Conditions;
import dev.qudag.proto.WorkspaceState;
import java.util.List;
import java.util.Optional;

/**
 * All that a pass looks at.
 *
 * @param branch the branch of its Swarm; empty when that is missing or going
 * @param foreignVolume whether a volume of its name belongs to something else
 * @param sidecar the pod that works in it
 * @param known what the hub knows about it
 * @param refused why its sidecar cannot join
 */
record WorkspaceObservation(
    Workspace workspace,
    Optional<String> branch,
    boolean foreignVolume,
    Optional<Sidecar> sidecar,
    Optional<WorkspaceState> known,
    Optional<Refusal> refused) {

  static final WorkspaceStatus NO_STATUS =
      new WorkspaceStatus(null, List.of(), null, null, null, List.of(), List.of(), null);

  WorkspaceStatus before() {
    return workspace.getStatus() == null ? NO_STATUS : workspace.getStatus();
  }

  /** The clone is on the volume; once it was, it stays. */
  boolean isCloned() {
    return sidecar.filter(Sidecar::cloned).isPresent()
        || known.isPresent()
        || Conditions.isTrue(before().conditions(), WorkspaceStatusFactory.CLONED);
  }
}
