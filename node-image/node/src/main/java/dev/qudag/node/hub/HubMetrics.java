package dev.qudag.node.hub;

import dev.qudag.node.hub.book.HubProposal;
import dev.qudag.node.hub.book.Standing;
import dev.qudag.node.hub.repository.Rescues;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;

/** What a hub tells Prometheus: read off its books when it is asked. */
final class HubMetrics {
  private HubMetrics() {}

  static void register(Hub hub, PrometheusRegistry registry) {
    GaugeWithCallback.builder()
        .name("qudag_hub_height")
        .help("Height of the chain up to which all has landed.")
        .callback(call -> call.call(hub.height()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("qudag_hub_stalled")
        .help("1 when nothing lands any more until a person has looked, else 0.")
        .callback(call -> call.call(hub.stall().equals(Hub.Stall.NONE) ? 0 : 1))
        .register(registry);
    GaugeWithCallback.builder()
        .name("qudag_hub_reverts")
        .help("Reverts on the branch.")
        .callback(call -> call.call(hub.chain().state().reverts(hub.repository().branch().full())))
        .register(registry);
    GaugeWithCallback.builder()
        .name("qudag_hub_voids")
        .help("Voids on the branch: how often upstream went another way.")
        .callback(call -> call.call(hub.chain().state().voids(hub.repository().branch().full())))
        .register(registry);
    GaugeWithCallback.builder()
        .name("qudag_hub_upstream_blocked")
        .help("1 when upstream keeps commits from landing, else 0.")
        .callback(call -> call.call(hub.obstacle().isPresent() ? 1 : 0))
        .register(registry);
    Rescues rescues = hub.repository().rescues(InstantSource.system());
    GaugeWithCallback.builder()
        .name("qudag_hub_rescues")
        .help("Replaced snapshots of workspaces that are kept for a while.")
        .callback(call -> call.call(rescues.count()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("qudag_hub_custody_behind")
        .help("Validators of the set that do not hold all that they are to keep for the hub.")
        .callback(call -> call.call(hub.custody().behind()))
        .register(registry);
    registry.register(hub.custody().waits());
    GaugeWithCallback.builder()
        .name("qudag_hub_volume_free_bytes")
        .help("Bytes that the hub's volume has left, its reserve among them.")
        .callback(call -> call.call(hub.reserve().free()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("qudag_hub_volume_reserve_bytes")
        .help("Bytes that are kept for what was accepted: with less left, no proposal is taken.")
        .callback(call -> call.call(hub.reserve().bytes()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("qudag_hub_proposals")
        .help("Proposals ever accepted, by how they stand.")
        .labelNames("standing")
        .callback(call -> byStanding(hub).forEach((standing, n) -> call.call(n, standing)))
        .register(registry);
  }

  private static Map<String, Long> byStanding(Hub hub) {
    return hub.proposals().all().stream()
        .collect(Collectors.groupingBy(HubMetrics::standing, Collectors.counting()));
  }

  private static String standing(HubProposal proposal) {
    return switch (proposal.standing()) {
      case Standing.Open _ -> "open";
      case Standing.Deciding _ -> "deciding";
      case Standing.Stale _ -> "stale";
      case Standing.Landed _ -> "landed";
      case Standing.Closed _ -> "closed";
    };
  }
}
