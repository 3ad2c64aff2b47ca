package dev.qudag.operator.rehearse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * What the operator talks to in a rehearsal: it speaks as an API server of a cluster with one Swarm
 * and nothing else, takes whatever it is given, and keeps nothing. On loopback only.
 */
public final class EmptyCluster implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** A path that ends with an object's name, or with a part of an object. */
  private static final Pattern OBJECT =
      Pattern.compile("/(api/v1|apis/[^/]+/[^/]+)/namespaces/[^/]+/[^/]+/.+");

  private static final String SWARM =
      """
      {"apiVersion": "qudag.dev/v1alpha1", "kind": "Swarm",
       "metadata": {"name": "rehearsal", "namespace": "rehearsal", "uid": "1", "resourceVersion": "1", "generation": 1},
       "spec": {"repository": {"branch": "main", "storage": {"size": "1Gi", "retention": "Delete"}},
                "validators": {"replicas": 1}, "consensus": {"viewTimeoutMilliseconds": 500},
                "policy": {"checks": [], "denyPaths": []}, "agentGroups": [], "suspended": false}}
      """;

  private static final String EVERY_RIGHT =
      """
      {"incomplete": false, "nonResourceRules": [],
       "resourceRules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}]}
      """;

  private final ObjectMapper json = new ObjectMapper();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch reported = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final HttpsServer server;

  private EmptyCluster(HttpsServer server) {
    this.server = server;
  }

  /** Starts it, and has the Kubernetes client of this process talk to it. */
  public static EmptyCluster start() throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(LoopbackTls.context()));
    EmptyCluster cluster = new EmptyCluster(server);
    server.setExecutor(cluster.threads);
    server.createContext("/", cluster::answer);
    server.start();
    System.setProperty(
        "kubernetes.master", "https://127.0.0.1:" + server.getAddress().getPort() + "/");
    System.setProperty("kubernetes.trust.certificates", "true");
    System.setProperty("kubernetes.auth.tryKubeConfig", "false");
    System.setProperty("kubernetes.auth.tryServiceAccount", "false");
    return cluster;
  }

  /**
   * Waits until the operator has told how the Swarm stands: by then it has done all that it does.
   *
   * @throws IllegalStateException when it did not, within a minute
   */
  public void awaitReport() throws InterruptedException {
    if (!reported.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "the operator did not report on the Swarm within %d s".formatted(LIMIT.toSeconds()));
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String query = exchange.getRequestURI().getQuery();
      if (exchange.getRequestHeaders().containsKey("Upgrade")) {
        exchange.sendResponseHeaders(200, -1);
      } else if (query != null && query.contains("watch=true")) {
        keepOpen(exchange);
      } else if (exchange.getRequestMethod().equals("GET")) {
        respond(exchange, OBJECT.matcher(path).matches() ? 404 : 200, read(path));
      } else {
        respond(exchange, 200, echo(exchange));
        if (path.endsWith("/swarms/rehearsal/status")) {
          reported.countDown();
        }
      }
    }
  }

  /** Nothing ever happens. */
  private void keepOpen(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().flush();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private JsonNode read(String path) throws IOException {
    if (OBJECT.matcher(path).matches()) {
      return json.readTree("{\"kind\": \"Status\", \"status\": \"Failure\", \"code\": 404}");
    }
    if (path.equals("/version")) {
      return json.createObjectNode().put("major", "1").put("minor", "34");
    }
    ObjectNode list = json.createObjectNode().put("kind", "List");
    list.putObject("metadata").put("resourceVersion", "1");
    var items = list.putArray("items");
    if (path.endsWith("/swarms")) {
      items.add(json.readTree(SWARM));
    }
    return list;
  }

  private JsonNode echo(HttpExchange exchange) throws IOException {
    JsonNode body = json.readTree(exchange.getRequestBody());
    if (body.path("metadata") instanceof ObjectNode metadata) {
      metadata.put("uid", UUID.randomUUID().toString()).put("resourceVersion", "2");
    }
    if (body.path("kind").asText().equals("SelfSubjectRulesReview")) {
      ((ObjectNode) body).set("status", json.readTree(EVERY_RIGHT));
    }
    return body;
  }

  private void respond(HttpExchange exchange, int status, JsonNode content) throws IOException {
    byte[] body = json.writeValueAsBytes(content);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
