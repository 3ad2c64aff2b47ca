package dev.qudag.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
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
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against an API server that takes its time. */
class EventRecorderIT {
  private final CountDownLatch busy = new CountDownLatch(1);
  private final List<String> written = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private KubernetesClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::take);
    server.start();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withAutoConfigure(false)
                    .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                    .build())
            .build();
  }

  @AfterEach
  void stop() {
    busy.countDown();
    client.close();
    server.stop(0);
  }

  @Test
  @Timeout(10)
  void nobodyWaitsUntilAnEventIsWrittenAndEachIsInItsTurn() {
    try (var events = new EventRecorder(client, Clock.systemUTC())) {
      events.tell(swarm(), EventRecorder.Type.Normal, "First", "one");
      events.tell(swarm(), EventRecorder.Type.Normal, "Second", "two");
      assertThat(written).isEmpty();

      busy.countDown();
      await().atMost(Duration.ofSeconds(9)).until(() -> written.size() == 2);
      assertThat(written.getFirst()).contains("First");
      assertThat(written.getLast()).contains("Second");
    }
  }

  private static Swarm swarm() {
    Swarm swarm = new Swarm();
    swarm.setMetadata(
        new ObjectMetaBuilder().withName("s").withNamespace("ns").withUid("1").build());
    return swarm;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] event = exchange.getRequestBody().readAllBytes();
      busy.await();
      written.add(new String(event, StandardCharsets.UTF_8));
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(201, event.length);
      exchange.getResponseBody().write(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
