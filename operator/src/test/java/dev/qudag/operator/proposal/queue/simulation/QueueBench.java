package dev.qudag.operator.proposal.queue.simulation;

import dev.qudag.bench.BenchReport;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The same load through our queue and the policies of the field, with the same machines for checks:
 * {@code target/bench/queue.json}. {@code ours_single} is what the operator runs unless people
 * raise the batch size.
 */
class QueueBench {
  private static final long SEED = 1;
  private static final int SLOTS = 16;
  private static final int BATCH = 4;
  private static final int LOAD_HOURS = 8;
  private static final int END_HOURS = 24;

  @Test
  void measure() throws IOException {
    Map<String, Policy> policies = new LinkedHashMap<>();
    policies.put("ours", new Ours(BATCH));
    policies.put("ours_single", new Ours(1));
    policies.put("serial", Pipeline.serial());
    policies.put("zuul", Pipeline.zuul());
    policies.put("github", Pipeline.github());
    BenchReport report =
        BenchReport.open("queue")
            .condition("seed", SEED)
            .condition("checks_at_once", SLOTS)
            .condition("batch_size", BATCH)
            .condition("load_hours", LOAD_HOURS)
            .condition("end_hours", END_HOURS)
            .condition("check_minutes", Checking.RUN_SECONDS / 60)
            .condition("flaky_percent_of_runs", Checking.FLAKY_PERCENT)
            .condition("retries_under_each_policy", Checking.RETRIES);
    for (int agents : new int[] {50, 200, 500}) {
      var load = new Load(agents, LOAD_HOURS, SEED);
      report.condition("proposed_by_" + agents, load.changes().size());
      policies.forEach((name, policy) -> measure(report, agents + "." + name + ".", load, policy));
    }
    report.write();
  }

  private static void measure(BenchReport report, String prefix, Load load, Policy policy) {
    long end = END_HOURS * 3600L;
    Journal journal = new Simulation(load, policy, SLOTS).run(end);
    new Figures(load, journal, end)
        .byKey()
        .forEach((key, value) -> report.put(prefix + key, value));
  }
}
