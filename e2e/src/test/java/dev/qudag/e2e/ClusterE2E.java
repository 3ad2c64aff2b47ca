package dev.qudag.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.e2e.cluster.Cluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every other end-to-end test takes for granted of the cluster. */
@Cluster
class ClusterE2E {

  private static final String RESTRICTED_POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: talker
      spec:
        restartPolicy: Never
        securityContext: {runAsNonRoot: true, runAsUser: 10001, fsGroup: 10001, seccompProfile: {type: RuntimeDefault}}
        containers:
        - name: talker
          image: localhost/qudag/base:dev
          command: [sh, -c, "getent hosts kubernetes.default.svc.cluster.local && git --version"]
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
      """;

  @Test
  void aRestrictedPodRunsAndFindsServicesByName(KubernetesClient client) {
    client.resource(Serialization.unmarshal(RESTRICTED_POD, Pod.class)).create();

    var pod = client.pods().withName("talker");
    pod.waitUntilCondition(ClusterE2E::hasEnded, 60, TimeUnit.SECONDS);

    assertThat(pod.get().getStatus().getPhase()).isEqualTo("Succeeded");
    assertThat(pod.getLog()).contains("10.96.0.1", "git version");
  }

  @Test
  void aPodWithMoreRightsIsRefused(KubernetesClient client) {
    Pod privileged = Serialization.unmarshal(RESTRICTED_POD, Pod.class);
    privileged.getSpec().setSecurityContext(null);

    assertThatThrownBy(() -> client.resource(privileged).create())
        .hasMessageContaining("violates PodSecurity \"restricted");
  }

  private static boolean hasEnded(Pod pod) {
    return pod != null
        && (pod.getStatus().getPhase().equals("Succeeded")
            || pod.getStatus().getPhase().equals("Failed"));
  }
}
