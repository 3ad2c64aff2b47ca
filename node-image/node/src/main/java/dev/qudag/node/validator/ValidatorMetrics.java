package dev.qudag.node.validator;

import dev.qudag.consensus.attestation.VertexFlaw;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.consensus.simplex.message.SignRecord;
import dev.qudag.node.validator.pool.Bringer;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/** What a validator tells Prometheus. */
final class ValidatorMetrics {
  private final Gauge height;
  private final Gauge view;
  private final Gauge peers;
  private final Counter votes;
  private final Counter blocksHeld;
  private final Counter attestations;
  private final Gauge vertices;
  private final Counter refused;
  private final Counter equivocations;
  private final Counter decisionsRefused;
  private final Counter convictions;
  private final Gauge epoch;
  private final Histogram finality;

  ValidatorMetrics(PrometheusRegistry registry) {
    height =
        Gauge.builder()
            .name("qudag_validator_height")
            .help("Height of the last final block")
            .register(registry);
    view =
        Gauge.builder()
            .name("qudag_validator_view")
            .help("View that consensus is in")
            .register(registry);
    peers =
        Gauge.builder()
            .name("qudag_validator_peers_connected")
            .help("Validators connected to")
            .register(registry);
    votes =
        Counter.builder()
            .name("qudag_validator_votes_total")
            .help("Own votes by kind: notarize, nullify, finalize")
            .labelNames("kind")
            .register(registry);
    blocksHeld =
        Counter.builder()
            .name("qudag_validator_blocks_held_total")
            .help("Blocks, own or of another leader, that this validator voted for")
            .register(registry);
    attestations =
        Counter.builder()
            .name("qudag_validator_attestations_total")
            .help("Own judgements of decisions")
            .labelNames("verdict")
            .register(registry);
    vertices =
        Gauge.builder()
            .name("qudag_validator_vertices")
            .help("Vertices of attestations: held, or orphaned because the one before is missing")
            .labelNames("standing")
            .register(registry);
    refused =
        Counter.builder()
            .name("qudag_validator_vertices_refused_total")
            .help("Messages of the attestation layer that were refused")
            .labelNames("reason")
            .register(registry);
    equivocations =
        Counter.builder()
            .name("qudag_validator_equivocations_total")
            .help("Validators that signed two vertices for one sequence number")
            .register(registry);
    decisionsRefused =
        Counter.builder()
            .name("qudag_validator_decisions_refused_total")
            .help("Decisions for which whoever brought them had no room left")
            .labelNames("bringer")
            .register(registry);
    convictions =
        Counter.builder()
            .name("qudag_validator_evidence_total")
            .help("Pieces of evidence against members of the set")
            .register(registry);
    epoch =
        Gauge.builder()
            .name("qudag_validator_epoch")
            .help("Epoch that this validator takes part in")
            .register(registry);
    finality =
        Histogram.builder()
            .name("qudag_validator_finality_seconds")
            .help("From hearing of a decision to its finality, objects and judgement included")
            .classicUpperBounds(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
            .register(registry);
  }

  void height(long height) {
    this.height.set((double) height);
  }

  void view(long view) {
    this.view.set((double) view);
  }

  void peers(int connected) {
    peers.set(connected);
  }

  void signed(SignRecord entry) {
    switch (entry) {
      case SignRecord.Voted voted ->
          votes.labelValues(voted.vote().ballot().kind().name().toLowerCase(Locale.ROOT)).inc();
      case SignRecord.Held held -> blocksHeld.inc();
      case SignRecord.Passed passed -> {}
    }
  }

  void attested(Verdict verdict) {
    attestations.labelValues(verdict.name().toLowerCase(Locale.ROOT)).inc();
  }

  void vertices(int held, int orphans) {
    vertices.labelValues("held").set(held);
    vertices.labelValues("orphaned").set(orphans);
  }

  void refused(VertexFlaw flaw) {
    refused.labelValues(flaw.text()).inc();
  }

  void refused(Bringer bringer) {
    decisionsRefused.labelValues(bringer.label()).inc();
  }

  void equivocated() {
    equivocations.inc();
  }

  void convicted() {
    convictions.inc();
  }

  void epoch(long epoch) {
    this.epoch.set((double) epoch);
  }

  void decided(double seconds) {
    finality.observe(seconds);
  }
}
