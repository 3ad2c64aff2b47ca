package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.simplex.block.Block;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubMetricsIT {
  @TempDir Path data;
  private final PrometheusRegistry registry = new PrometheusRegistry();

  @Test
  void tellsWhatTheBooksSay() throws IOException {
    TestingHub node = TestingHub.on(data, 4);
    HubMetrics.register(node.hub, registry);
    assertThat(text())
        .contains("qudag_hub_height 0.0", "qudag_hub_stalled 0.0", "qudag_hub_reverts 0.0")
        .contains("qudag_hub_voids 0.0", "qudag_hub_upstream_blocked 0.0")
        .contains("qudag_hub_volume_free_bytes ", "qudag_hub_volume_reserve_bytes ");

    MergeDecision decision = node.decide(node.commit("a", "1"), "Add a");
    assertThat(text())
        .contains("qudag_hub_proposals{standing=\"deciding\"} 1.0", "qudag_hub_custody_behind 4.0");

    Block block = node.chain.block(node.chain.start(), node.chain.approved(decision, 0, 1, 2));
    node.hub.apply(block, node.chain.finality(block, 0, 1, 2));
    assertThat(text())
        .contains("qudag_hub_height 1.0", "qudag_hub_proposals{standing=\"landed\"} 1.0")
        .contains("qudag_hub_custody_behind 0.0");
  }

  private String text() throws IOException {
    var bytes = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(bytes, registry.scrape());
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
