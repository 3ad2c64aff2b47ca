package dev.qudag.operator.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.qudag.api.v1alpha1.Swarm;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What counts as gone, by the answers that an API server has for a Swarm. */
class SwarmPresenceIT {
  private static final String FOUND =
      """
      {"apiVersion": "qudag.dev/v1alpha1", "kind": "Swarm",
       "metadata": {"name": "s", "namespace": "ns", "uid": "%s"}}
      """;
  private static final String REFUSED =
      "{\"apiVersion\": \"v1\", \"kind\": \"Status\", \"status\": \"Failure\", \"code\": %d}";

  private HttpServer server;
  private KubernetesClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withAutoConfigure(false)
                    .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  void aSwarmIsThereWhileItIsTheSame() {
    answer(200, FOUND.formatted("1"));
    assertThat(isThere()).isTrue();
  }

  @Test
  void anotherOneOfItsNameIsNotIt() {
    answer(200, FOUND.formatted("2"));
    assertThat(isThere()).isFalse();
  }

  @Test
  void oneThatWasDeletedIsGone() {
    answer(404, REFUSED.formatted(404));
    assertThat(isThere()).isFalse();
  }

  /** The trap: the Role went with the namespace, and its nodes were dialled for ever. */
  @Test
  void oneThatMayNotBeReadAnyMoreIsGone() {
    answer(403, REFUSED.formatted(403));
    assertThat(isThere()).isFalse();
  }

  @Test
  void noAnswerIsNoEnd() {
    server.stop(0);
    assertThat(isThere()).isTrue();
  }

  private boolean isThere() {
    Swarm swarm = new Swarm();
    swarm.setMetadata(
        new ObjectMetaBuilder().withName("s").withNamespace("ns").withUid("1").build());
    return new SwarmPresence(client).isThere(swarm);
  }

  private void answer(int code, String content) {
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = content.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(code, body.length);
            exchange.getResponseBody().write(body);
          }
        });
  }
}
