package dev.qudag.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodReasonsTest {
  private static Pod pod(String status) {
    return new KubernetesSerialization()
        .unmarshal(
            "apiVersion: v1\nkind: Pod\nmetadata: {name: a-1}\nstatus:\n" + status.indent(2),
            Pod.class);
  }

  @Test
  void everyReasonIsDocumented() {
    ReasonPage.assertDocuments("Lifted from a pod", List.copyOf(PodReasons.ALL));
  }

  @Test
  void saysNothingOfAPodThatStartsOrRuns() {
    assertThat(PodReasons.of(pod("{}"))).isEmpty();
    assertThat(
            PodReasons.of(
                pod(
                    "containerStatuses: [{name: agent, state: {waiting: {reason:"
                        + " ContainerCreating}}}]")))
        .isEmpty();
    assertThat(PodReasons.of(pod("phase: Running"))).isEmpty();
  }

  @Test
  void namesTheImageThatCannotBePulled() {
    assertThat(
            PodReasons.of(
                pod(
                    """
                    initContainerStatuses: [{name: init, image: ok, state: {terminated: {exitCode: 0}}}]
                    containerStatuses:
                      - {name: agent, image: nope:1, state: {waiting: {reason: ImagePullBackOff, message: not found}}}
                    """)))
        .contains(
            new PodReason(
                "ImagePullFailed",
                "Image nope:1 of pod a-1 cannot be pulled: not found. Correct the image, or add"
                    + " imagePullSecrets"));
  }

  @Test
  void tellsAVolumeFromANode() {
    String condition =
        "conditions: [{type: PodScheduled, status: \"False\", reason: Unschedulable, message: %s}]";
    assertThat(
            PodReasons.of(
                pod(condition.formatted("\"0/1 nodes are available: Insufficient cpu\""))))
        .get()
        .satisfies(why -> assertThat(why.reason()).isEqualTo("Unschedulable"))
        .satisfies(why -> assertThat(why.message()).contains("Insufficient cpu"));
    assertThat(
            PodReasons.of(
                pod(condition.formatted("\"pod has unbound immediate PersistentVolumeClaims\""))))
        .get()
        .satisfies(why -> assertThat(why.reason()).isEqualTo("VolumeUnbound"));
  }

  @Test
  void namesTheSecretThatIsMissing() {
    assertThat(
            PodReasons.of(
                pod(
                    """
                    containerStatuses:
                      - name: agent
                        state: {waiting: {reason: CreateContainerConfigError, message: 'secret "model" not found'}}
                    """)))
        .get()
        .satisfies(why -> assertThat(why.reason()).isEqualTo("ReferenceMissing"))
        .satisfies(why -> assertThat(why.message()).contains("secret \"model\" not found"));
  }

  @Test
  void tellsMemoryFromOtherCrashes() {
    String status =
        """
        containerStatuses:
          - name: hub
            state: {waiting: {reason: CrashLoopBackOff}}
            lastState: {terminated: {exitCode: %d, reason: %s}}
        """;
    assertThat(PodReasons.of(pod(status.formatted(137, "OOMKilled"))))
        .get()
        .satisfies(why -> assertThat(why.reason()).isEqualTo("OutOfMemory"));
    assertThat(PodReasons.of(pod(status.formatted(1, "Error"))))
        .get()
        .satisfies(why -> assertThat(why.reason()).isEqualTo("CrashLooping"))
        .satisfies(why -> assertThat(why.message()).contains("exit code 1"));
  }

  @Test
  void namesEviction() {
    assertThat(PodReasons.of(pod("{reason: Evicted, message: low on disk}")))
        .contains(new PodReason("Evicted", "Pod a-1 was evicted: low on disk"));
  }
}
