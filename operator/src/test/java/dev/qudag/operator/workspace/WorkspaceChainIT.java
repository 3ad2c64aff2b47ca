package dev.qudag.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.e2e.cluster.ApiServer;
import dev.qudag.operator.TestingOperator;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a Workspace comes to the chain of its Swarm, and what keeps it from there. */
@ApiServer
class WorkspaceChainIT {
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
  void letsItsSidecarJoin() {
    scene.createSwarm();
    scene.createWorkspace("desk", "main", "Delete");
    scene.follow();

    scene.runSidecar(false);

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> scene.nodes.hasJoined(scene.workspace().getMetadata().getUid()));
    scene.awaitReason("Cloning");
    assertThat(scene.condition("Bound").message()).contains("writer");
  }

  @Test
  void saysThatItsVolumeBelongsToTheChainOfAnEarlierSwarm() {
    scene.createSwarm();
    scene.createWorkspace("desk", "main", "Retain");
    scene.follow();
    scene.runSidecar(false);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> scene.nodes.hasJoined(scene.workspace().getMetadata().getUid()));
    scene.client.pods().withName("writer-1").withGracePeriod(0).delete();
    scene.deleteSwarm();
    scene.awaitReason("SwarmMissing");

    scene.createSwarm();
    scene.follow();
    scene.runSidecar(false);

    scene.awaitReason("JoinedOtherChain");
    assertThat(scene.condition("Stalled").message())
        .contains("earlier Swarm", "kubectl delete pvc", "desk-workspace", "writer-1");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(scene.client.v1().events().list().getItems())
                    .filteredOn(event -> event.getReason().equals("JoinedOtherChain"))
                    .extracting(Event::getType)
                    .containsExactly("Warning"));
  }

  @Test
  void saysSoWithoutAPodOnceTheVolumeHoldsAWorkingCopy() {
    outliveTheSwarm();

    scene.awaitReason("JoinedOtherChain");
    assertThat(scene.condition("Stalled").message())
        .contains("kubectl delete pvc", "desk-workspace")
        .doesNotContain("delete pod");
    scene.client.persistentVolumeClaims().withName("desk-workspace").delete();
    scene.unprotectVolume();

    scene.awaitReason("Unbound");
    scene.awaitVolume();
  }

  /** An agent clones, its pod goes, and its Swarm goes and comes again. */
  private void outliveTheSwarm() {
    scene.createSwarm();
    scene.createWorkspace("desk", "main", "Retain");
    scene.awaitVolume();
    scene.follow();
    scene.runSidecar(true);
    scene.awaitCloned();
    scene.client.pods().withName("writer-1").withGracePeriod(0).delete();
    scene.deleteSwarm();
    scene.awaitReason("SwarmMissing");
    scene.createSwarm();
  }
}
