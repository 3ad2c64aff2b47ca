package dev.qudag.node.workspace;

import dev.qudag.node.workspace.HubGateway.Receipt;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What a workspace counts. Names are public: docs/reference lists them. */
final class WorkspaceMetrics {

  private final Counter submissions;
  private final Counter heartbeats;
  private final Gauge ahead;
  private final Gauge behind;
  private final Gauge refusedFiles;

  WorkspaceMetrics(PrometheusRegistry registry) {
    submissions =
        Counter.builder()
            .name("qudag_workspace_submissions_total")
            .help("Commits handed to the hub as proposals, by its answer.")
            .labelNames("result")
            .register(registry);
    heartbeats =
        Counter.builder()
            .name("qudag_workspace_heartbeats_total")
            .help("Heartbeats to the hub, by result.")
            .labelNames("result")
            .register(registry);
    ahead =
        gauge(
            registry,
            "qudag_workspace_ahead_commits",
            "Commits of the files that the branch lacks.");
    behind =
        gauge(
            registry,
            "qudag_workspace_behind_commits",
            "Commits of the branch that the files lack.");
    refusedFiles =
        gauge(registry, "qudag_workspace_refused_files", "New files that no snapshot takes.");
  }

  private static Gauge gauge(PrometheusRegistry registry, String name, String help) {
    return Gauge.builder().name(name).help(help).register(registry);
  }

  void submitted(Receipt receipt) {
    switch (receipt) {
      case Receipt.Accepted accepted -> submissions.labelValues("accepted").inc();
      case Receipt.Refused refused -> submissions.labelValues("refused").inc();
    }
  }

  void told(Revision revision) {
    heartbeats.labelValues("answered").inc();
    ahead.set(revision.ahead());
    behind.set(revision.behind());
    refusedFiles.set(revision.refusedFiles().size());
  }

  void notTold() {
    heartbeats.labelValues("failed").inc();
  }
}
