package dev.qudag.node.validator;

import dev.qudag.transport.limit.Bans;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What a validator tells Prometheus about peers that it shut out. */
final class BanMetrics {
  private BanMetrics() {}

  static void register(Bans bans, PrometheusRegistry registry) {
    GaugeWithCallback.builder()
        .name("qudag_validator_peers_banned")
        .help("Validators that are banned now.")
        .callback(call -> call.call((double) bans.banned()))
        .register(registry);
    CounterWithCallback.builder()
        .name("qudag_validator_bans_total")
        .help("Bans of validators, by what for.")
        .labelNames("offence")
        .callback(
            call ->
                bans.counts()
                    .forEach((offence, count) -> call.call((double) count, offence.label())))
        .register(registry);
  }
}
