package dev.qudag.node.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.crypto.NodeIdentity;
import dev.qudag.transport.TlsConnections;
import dev.qudag.transport.Transport;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TlsMetricsIT {
  private static final NodeIdentity NODE = NodeIdentity.generate();

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Transport transport = new Transport(new TlsConnections());

  @Test
  void tellsWhatEachConnectionNegotiatedAndWhoWasRefused() throws Exception {
    TlsMetrics.register(transport.connections(), registry);
    try (NodeServer server = NodeServer.start(NODE, 0, transport)) {
      ManagedChannel channel =
          new PinnedChannels(NodeIdentity.generate())
              .to("localhost", server.port(), NODE.tlsFingerprint());
      await().until(() -> channel.getState(true) == ConnectivityState.READY);
      try (var socket = new Socket("localhost", server.port())) {
        socket.getOutputStream().write("GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII));
        await().until(() -> scrape().contains("qudag_peers_refused_total{reason=\"not_tls\"} 1"));
      }

      String connections =
          "qudag_tls_connections{cipher_suite=\"TLS_AES_256_GCM_SHA384\",group=\"X25519MLKEM768\","
              + "retried=\"false\",side=\"server\",signature_scheme=\"mldsa87\",version=\"TLSv1.3\"}";
      assertThat(scrape()).contains(connections + " 1.0");
      channel.shutdownNow();
      await().until(() -> scrape().contains(connections + " 0.0"));
    }
  }

  private String scrape() throws IOException {
    var page = new ByteArrayOutputStream();
    new PrometheusTextFormatWriter(true).write(page, registry.scrape());
    return page.toString(StandardCharsets.UTF_8);
  }
}
