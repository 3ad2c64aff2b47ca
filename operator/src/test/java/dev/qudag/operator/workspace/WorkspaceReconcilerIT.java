package dev.qudag.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.e2e.cluster.ApiServer;
import dev.qudag.operator.TestingOperator;
import dev.qudag.operator.children.Children;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Workspace, its volume and what it refers to. */
@ApiServer
class WorkspaceReconcilerIT {
  private WorkspaceScene scene;
  private TestingOperator operator;

  @BeforeEach
  void start(KubernetesClient client) {
    scene = new WorkspaceScene(client);
    operator = scene.run();
  }

  @AfterEach
  void stop() {
    operator.close();
    scene.close();
  }

  @Test
  void makesItsVolume() {
    scene.createSwarm();
    scene.createWorkspace("desk", "main", "Delete");

    scene.awaitVolume();
    scene.awaitReason("Unbound");
    assertThat(scene.condition("Ready").status()).isEqualTo(Condition.Status.True);
    assertThat(scene.condition("Cloned").reason()).isEqualTo("NotCloned");
    assertThat(scene.condition("Bound").status()).isEqualTo(Condition.Status.False);
    assertThat(scene.volume().getSpec().getResources().getRequests().get("storage").toString())
        .isEqualTo("1Gi");
    assertThat(Children.isControlledBy(scene.volume(), scene.workspace())).isTrue();
  }

  @Test
  void aNewOperatorFindsNothingToWrite() {
    scene.createSwarm();
    scene.createWorkspace("desk", "main", "Delete");
    scene.awaitVolume();
    scene.awaitReason("Unbound");
    List<String> before = scene.versions();

    operator.close();
    operator = scene.run();
    operator.awaitPass("desk");

    assertThat(scene.versions()).isEqualTo(before);
  }

  @Test
  void bringsBackAVolumeThatWasDeletedByHand() {
    scene.createSwarm();
    scene.createWorkspace("desk", "main", "Delete");
    scene.awaitVolume();
    String uid = scene.volume().getMetadata().getUid();

    scene.client.persistentVolumeClaims().withName("desk-workspace").delete();
    scene.unprotectVolume();

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> scene.volume() != null && !scene.volume().getMetadata().getUid().equals(uid));
  }

  @Test
  void saysWhichSwarmIsMissing() {
    scene.createWorkspace("desk", "main", "Delete");

    scene.awaitReason("SwarmMissing");
    assertThat(scene.condition("Stalled").message()).contains("Swarm demo", "create it");
    assertThat(scene.volume()).isNull();
  }

  @Test
  void saysThatItsSwarmHasAnotherBranch() {
    scene.createSwarm();
    scene.createWorkspace("desk", "trunk", "Delete");

    scene.awaitReason("UnknownBranch");
    assertThat(scene.condition("Stalled").message()).contains("trunk", "base main");
  }

  @Test
  void leavesAVolumeAloneThatWasMadeForAnother() {
    var taken =
        scene
            .client
            .resource(
                Serialization.unmarshal(
                    """
                    apiVersion: v1
                    kind: PersistentVolumeClaim
                    metadata: {name: desk-workspace}
                    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 2Gi}}}
                    """,
                    PersistentVolumeClaim.class))
            .create();
    scene.createSwarm();
    scene.createWorkspace("desk", "main", "Delete");

    scene.awaitReason("VolumeTaken");
    assertThat(scene.condition("Stalled").message())
        .contains("PersistentVolumeClaim desk-workspace", "delete it");
    assertThat(scene.volume()).isEqualTo(taken);
  }

  @Test
  void aVolumeGoesWithTheSwarmUnlessItIsRetained() {
    scene.createSwarm();
    scene.createWorkspace("desk", "main", "Delete");
    scene.createWorkspace("kept", "main", "Retain");
    scene.awaitVolume();
    await().until(() -> scene.volume("kept-workspace") != null);
    assertThat(scene.volume("kept-workspace").getMetadata().getOwnerReferences()).isEmpty();

    scene.deleteSwarm();

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> scene.volume().getMetadata().getDeletionTimestamp() != null);
    scene.awaitReason("SwarmMissing");
    scene.awaitReason("kept", "SwarmMissing");
    assertThat(scene.volume("kept-workspace").getMetadata().getDeletionTimestamp()).isNull();
  }
}
