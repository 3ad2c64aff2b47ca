package dev.qudag.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A check runs what an agent wrote, so each probe here runs in the container of one. The network of
 * the local cluster enforces no NetworkPolicy: what is refused here is refused by identity.
 */
@Operated(validators = 1, policy = HostileCheckE2E.POLICY)
class HostileCheckE2E {
  static final String POLICY =
      "{checks: [{name: hostile, image: 'localhost/qudag/base:dev', timeoutSeconds: 900, retries: 0,"
          + " command: [sh, -c, 'until [ -e /tmp/pass ]; do sleep 0.2; done']}]}";

  private static TestSwarm swarm;
  private static KubernetesClient client;
  private static String check;

  @BeforeAll
  static void startCheck(TestSwarm running, KubernetesClient given) {
    swarm = running;
    client = given;
    swarm.agent("neighbour", "sleep 900 & wait");
    swarm.agent("writer", AgentScripts.pushesUntilItIsTaken("writer"));
    swarm.awaitAgent("neighbour", "Active");
    swarm.awaitThat("its check runs", () -> running().isPresent());
    check = running().orElseThrow().getMetadata().getName();
  }

  private static Optional<Pod> running() {
    return client
        .pods()
        .inNamespace(client.getNamespace())
        .withLabel("app.kubernetes.io/component", "check")
        .list()
        .getItems()
        .stream()
        .filter(
            pod ->
                pod.getStatus().getContainerStatuses().stream()
                    .anyMatch(status -> status.getState().getRunning() != null))
        .findFirst();
  }

  private static String probe(String script) {
    return swarm.exec(check, "check", "sh", "-c", "exec 2>&1\n" + script);
  }

  @Test
  void findsNoTokenAndNoCredential() {
    Pod pod = running().orElseThrow();

    assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("t-check");
    assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
    assertThat(probe("ls -R /var/run/secrets /run/secrets 2>/dev/null; true")).isBlank();
    assertThat(probe("env | grep -iE 'token|secret|password|fingerprint'; true")).isBlank();
    assertThat(probe("tr '\\0' '\\n' < /proc/1/environ | grep -i qudag; true")).isBlank();
  }

  @Test
  void isNobodyToTheApiServer() {
    String output =
        probe(
            """
            for path in secrets pods configmaps; do
              curl -sk -m 10 -o /dev/null -w '%%{http_code} ' https://kubernetes.default.svc/api/v1/namespaces/%1$s/$path || true
            done
            """
                .formatted(client.getNamespace()));

    assertThat(output.strip().split(" ")).hasSize(3).allMatch(code -> code.matches("401|403|000"));
  }

  @Test
  void isNobodyToHubValidatorAndSidecarWhateverKeyItMakes() {
    String output =
        probe(
            """
            cd /tmp
            openssl req -x509 -newkey mldsa87 -nodes -subj /CN=t-hub -days 1 -keyout key -out cert 2>/dev/null
            ask() {
              curl -sk --http2 -m 10 -D - -o /dev/null -X POST -H 'content-type: application/grpc' \\
                -H 'te: trailers' --data-binary '' "$@" | tr -d '\\r' | grep -i '^grpc-status:' || echo none
            }
            for call in t-hub:7443/qudag.v1.HubControl/Watch t-hub:7443/qudag.v1.ObjectStore/Fetch \\
                t-v0:7443/qudag.v1.Chain/Status %1$s:7443/qudag.v1.Enrolment/Join; do
              echo "$call without a key: $(ask "https://$call")"
              echo "$call with its own: $(ask --cert cert --key key "https://$call")"
            done
            """
                .formatted(ipOf("neighbour")));

    // 16: UNAUTHENTICATED, 7: PERMISSION_DENIED
    assertThat(output.lines()).hasSize(8);
    assertThat(output.lines().filter(line -> line.contains("without a key")))
        .hasSize(4)
        .allMatch(line -> line.endsWith("grpc-status: 16"));
    assertThat(output.lines().filter(line -> line.contains("with its own")))
        .hasSize(4)
        .allMatch(line -> line.endsWith("grpc-status: 7"));
  }

  @Test
  void getsNoOtherTree() {
    assertThat(
            probe(
                "curl -sk -m 10 -H 'Authorization: Bearer guessed' https://t-hub:7444/v1/tree; true"))
        .contains("this token is good for no tree");
  }

  @Test
  void doesNotReachWhatASidecarServesItsAgent() {
    assertThat(
            probe(
                "curl -s -m 10 -o /dev/null -w '%%{http_code}' http://%s:7080/v1/status; true"
                    .formatted(ipOf("neighbour"))))
        .isEqualTo("000");
  }

  private static String ipOf(String agent) {
    String pod = swarm.agentNamed(agent).getStatus().pod();
    return client
        .pods()
        .inNamespace(client.getNamespace())
        .withName(pod)
        .get()
        .getStatus()
        .getPodIP();
  }
}
