package dev.qudag.node.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Serves {@code /healthz} (the process runs), {@code /readyz} (200 when nothing is wanting, else
 * 503 and what is) and {@code /metrics} (Prometheus).
 */
public final class HealthServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private HealthServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Listens on all addresses; port 0 takes a free one.
   *
   * @param wanting what the node still lacks before it is of use; empty when it is ready
   */
  public static HealthServer start(int port, PrometheusRegistry registry, Supplier<String> wanting)
      throws IOException {
    var health = new HealthServer(HttpServer.create(new InetSocketAddress(port), 16));
    health.server.createContext("/healthz", exchange -> answer(exchange, ""));
    health.server.createContext("/readyz", exchange -> answer(exchange, wanting.get()));
    health.server.createContext("/metrics", new MetricsHandler(registry));
    health.server.setExecutor(health.threads);
    health.server.start();
    return health;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, String wanting) throws IOException {
    byte[] body = ((wanting.isEmpty() ? "ok" : wanting) + "\n").getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      exchange.sendResponseHeaders(wanting.isEmpty() ? 200 : 503, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
