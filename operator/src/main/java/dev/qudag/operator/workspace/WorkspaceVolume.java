package dev.qudag.operator.workspace;

import dev.qudag.api.v1alpha1.Retention;
import dev.qudag.api.v1alpha1.Storage;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Workspace;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.pod.NodeStatefulSet;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;

/** The volume of a workspace, as it should be. Pure. */
final class WorkspaceVolume {
  /**
   * UID of the Workspace that the volume was made for: its keys and its clone are of no use to
   * another.
   */
  private static final String MADE_FOR = "qudag.dev/workspace-uid";

  private WorkspaceVolume() {}

  static String name(Workspace workspace) {
    return workspace.getMetadata().getName() + "-workspace";
  }

  /** A volume that is to be retained has no owner: nothing collects it. */
  static PersistentVolumeClaim desired(Workspace workspace, Swarm swarm) {
    Storage storage = workspace.getSpec().storage();
    ObjectMeta meta =
        Children.meta(workspace, name(workspace), workspace.getSpec().swarmRef().name(), "agent");
    boolean retained = workspace.getSpec().retention() == Retention.Retain;
    return new PersistentVolumeClaimBuilder()
        .withMetadata(
            new ObjectMetaBuilder(meta)
                .addToLabels(Sidecar.WORKSPACE, workspace.getMetadata().getName())
                .withOwnerReferences(retained ? List.of() : meta.getOwnerReferences())
                .withAnnotations(
                    Map.of(
                        MADE_FOR,
                        workspace.getMetadata().getUid(),
                        NodeStatefulSet.SWARM_UID,
                        swarm.getMetadata().getUid()))
                .build())
        .withNewSpec()
        .withAccessModes("ReadWriteOnce")
        .withStorageClassName(storage.storageClassName())
        .withNewResources()
        .addToRequests("storage", new Quantity(storage.size()))
        .endResources()
        .endSpec()
        .build();
  }

  /**
   * Whether a volume that stays was made in the time of an earlier Swarm of the same name: what it
   * has joined is that one's chain.
   */
  static boolean isOfEarlier(PersistentVolumeClaim there, Swarm swarm) {
    Map<String, String> annotations = there.getMetadata().getAnnotations();
    String made = annotations == null ? null : annotations.get(NodeStatefulSet.SWARM_UID);
    return there.getMetadata().getDeletionTimestamp() == null
        && made != null
        && !made.equals(swarm.getMetadata().getUid());
  }

  /** Whether a volume of that name was made for something else. */
  static boolean isForeign(PersistentVolumeClaim there, Workspace workspace) {
    Map<String, String> annotations = there.getMetadata().getAnnotations();
    return annotations == null
        || !workspace.getMetadata().getUid().equals(annotations.get(MADE_FOR));
  }
}
