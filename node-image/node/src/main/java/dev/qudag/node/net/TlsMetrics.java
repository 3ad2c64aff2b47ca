package dev.qudag.node.net;

import dev.qudag.transport.TlsConnections;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What a node's connections tell Prometheus. */
public final class TlsMetrics {
  private TlsMetrics() {}

  public static void register(TlsConnections connections, PrometheusRegistry registry) {
    GaugeWithCallback.builder()
        .name("qudag_tls_connections")
        .help("Open connections, by what the handshake negotiated.")
        .labelNames("side", "version", "group", "signature_scheme", "cipher_suite", "retried")
        .callback(
            call ->
                connections
                    .open()
                    .forEach(
                        (tls, open) ->
                            call.call(
                                open,
                                tls.side().label(),
                                tls.version(),
                                tls.group(),
                                tls.signatureScheme(),
                                tls.cipherSuite(),
                                String.valueOf(tls.retried()))))
        .register(registry);
    CounterWithCallback.builder()
        .name("qudag_peers_refused_total")
        .help("Peers that were refused, or refused this node, by the reason.")
        .labelNames("reason")
        .callback(
            call -> connections.refused().forEach((reason, count) -> call.call(count, reason)))
        .register(registry);
  }
}
