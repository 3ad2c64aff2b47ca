package dev.qudag.e2e;

import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Stages;
import dev.qudag.bench.BenchReport;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What the machinery itself costs, as {@code target/bench/demo.json}. Never fails on a figure. Run
 * by {@code make bench-demo}, which adds the warm time of the demo.
 */
@Operated
class DemoBench {
  private static final int PROPOSALS = 100;
  private static final Duration IDLE = Duration.ofMinutes(2);

  /** More than what the operator waits before it writes figures. */
  private static final Duration QUIET = Duration.ofSeconds(15);

  private static final int MOST_LOOKS_FOR_QUIET = 8;
  private static final Pattern WRITE =
      Pattern.compile(
          "apiserver_request_total\\{[^}]*resource=\"((?!leases|nodes|[a-z]*reviews)[a-z]+)\"[^}]*"
              + "subresource=\"((?!token)[a-z]*)\"[^}]*"
              + "verb=\"(POST|PUT|PATCH|APPLY|DELETE)\"[^}]*\\} (\\S+)");

  private static final Pattern SERVES = Pattern.compile("\"ts\":\"([^\"]+)\".*serves port");

  private final Map<String, Object> figures = new LinkedHashMap<>();

  @Test
  void measure(KubernetesClient client, OperatorRelease operator, TestSwarm swarm)
      throws IOException, InterruptedException {
    long applied = System.nanoTime();
    swarm.apply(SwarmManifest.of(4));
    swarm.awaitReady();
    figures.put("swarm_ready_s", round(seconds(applied)));

    swarm.agent("proposer", proposesOneAfterTheOther());
    measureLatencies(swarm);
    figures.put(
        "sidecar_rss_mib",
        new JavaProcess(swarm, swarm.agentNamed("proposer").getStatus().pod(), "workspace")
            .residentMib());
    swarm.exec(
        swarm.agentNamed("proposer").getStatus().pod(), "agent", "touch", "/home/agent/enough");
    swarm.awaitAgent("proposer", "Terminated");

    measureIdle(client, swarm, operator.pods().getFirst().getMetadata().getName());
    measureStart(client, swarm);
    write();
  }

  private static String proposesOneAfterTheOther() {
    return """
        for i in $(seq %d); do
          echo "$i" > counter.txt
          qudag propose --wait -m "count to $i"
        done
        while [ ! -e ~/enough ]; do sleep 0.2; done
        """
        .formatted(PROPOSALS);
  }

  private void measureLatencies(TestSwarm swarm) {
    // By one small object: to list a hundred over and over costs what is measured.
    swarm.awaitThat(
        Duration.ofMinutes(10),
        "the Swarm tells of all proposals",
        () ->
            "0 open, %d merged"
                .formatted(PROPOSALS)
                .equals(swarm.swarm().getStatus().summary().proposals()));
    swarm.awaitThat(
        Duration.ofMinutes(1),
        "all proposals landed",
        () -> swarm.proposals().stream().filter(DemoBench::landed).count() == PROPOSALS);
    List<Stages> all = swarm.proposals().stream().map(p -> p.getStatus().stages()).toList();
    List<Long> latencies = millis(all, Stages::submitted, Stages::landed);
    figures.put("proposals", PROPOSALS);
    figures.put("propose_to_landed_p50_ms", latencies.get(PROPOSALS / 2));
    figures.put("propose_to_landed_p99_ms", latencies.get(PROPOSALS * 99 / 100));
    // Where the time goes: announced and merged in trial, shown and decided, judged and landed.
    List<Long> analyzed = millis(all, Stages::submitted, Stages::analyzed);
    List<Long> decided = millis(all, Stages::analyzed, Stages::decided);
    List<Long> landed = millis(all, Stages::decided, Stages::landed);
    figures.put("submitted_to_analyzed_p50_ms", analyzed.get(PROPOSALS / 2));
    figures.put("analyzed_to_decided_p50_ms", decided.get(PROPOSALS / 2));
    figures.put("decided_to_landed_p50_ms", landed.get(PROPOSALS / 2));
  }

  private void measureIdle(KubernetesClient client, TestSwarm swarm, String operatorPod)
      throws InterruptedException {
    awaitQuiet(client);
    var operator = new JavaProcess(swarm, operatorPod, "operator");
    Map<String, Long> before = writes(client);
    double cpu = operator.cpuSeconds();
    TimeUnit.MILLISECONDS.sleep(IDLE.toMillis());
    Map<String, Long> written = new TreeMap<>(writes(client));
    written.replaceAll((what, count) -> count - before.getOrDefault(what, 0L));
    written.values().removeIf(count -> count == 0);
    long sum = written.values().stream().mapToLong(Long::longValue).sum();
    figures.put("idle_api_writes_2min", sum);
    figures.put("idle_api_writes_of", written);
    figures.put(
        "operator_idle_cpu_percent", round((operator.cpuSeconds() - cpu) * 100 / IDLE.toSeconds()));
    figures.put("operator_idle_rss_mib", operator.residentMib());
    figures.put("validator_rss_mib", validator(swarm).residentMib());
  }

  /** Until nothing is left to do of what went before; a cluster that is never quiet is measured. */
  private static void awaitQuiet(KubernetesClient client) throws InterruptedException {
    Map<String, Long> before = Map.of();
    Map<String, Long> now = writes(client);
    for (int look = 0; look < MOST_LOOKS_FOR_QUIET && !now.equals(before); look++) {
      TimeUnit.MILLISECONDS.sleep(QUIET.toMillis());
      before = now;
      now = writes(client);
    }
  }

  /** From the process to the moment in which a validator that was killed serves again. */
  private void measureStart(KubernetesClient client, TestSwarm swarm) {
    JavaProcess validator = validator(swarm);
    swarm.sigkill(validator.pod(), validator.container());
    swarm.awaitThat("it was started again", () -> swarm.restarts(validator.pod()) == 1);
    swarm.awaitThat("it serves", () -> serving(client, validator).isPresent());
    Instant serving = serving(client, validator).orElseThrow();
    figures.put("node_start_ms", Duration.between(validator.startedAt(), serving).toMillis());
  }

  private static Optional<Instant> serving(KubernetesClient client, JavaProcess node) {
    return client
        .pods()
        .withName(node.pod())
        .inContainer(node.container())
        .getLog()
        .lines()
        .map(SERVES::matcher)
        .filter(Matcher::find)
        .map(line -> Instant.parse(line.group(1)))
        .findFirst();
  }

  private static JavaProcess validator(TestSwarm swarm) {
    return new JavaProcess(swarm, TestSwarm.NAME + "-v0-0", "validator");
  }

  private static boolean landed(MergeProposal proposal) {
    return proposal.getStatus() != null
        && proposal.getStatus().stages() != null
        && proposal.getStatus().stages().landed() != null;
  }

  /** How long each proposal took from one stage to another, rising. */
  private static List<Long> millis(
      List<Stages> all, Function<Stages, String> from, Function<Stages, String> to) {
    return all.stream()
        .map(s -> Duration.between(Instant.parse(from.apply(s)), Instant.parse(to.apply(s))))
        .map(Duration::toMillis)
        .sorted()
        .toList();
  }

  /**
   * Writes to the API server since it started, by what was written and how; Leases, what kubelets
   * tell of their nodes, and questions in the form of a POST aside.
   */
  private static Map<String, Long> writes(KubernetesClient client) {
    return client
        .raw("/metrics")
        .lines()
        .map(WRITE::matcher)
        .filter(Matcher::matches)
        .collect(
            Collectors.groupingBy(
                DemoBench::what,
                Collectors.summingLong(line -> (long) Double.parseDouble(line.group(4)))));
  }

  private static String what(Matcher line) {
    String part = line.group(2).isEmpty() ? "" : "/" + line.group(2);
    return line.group(3) + " " + line.group(1) + part;
  }

  private void write() throws IOException {
    BenchReport report = BenchReport.open("demo").condition("validators", 4);
    Path warm = Shell.ROOT.resolve("target/demo-warm-seconds");
    if (Files.exists(warm)) {
      report.put("warm_s", Integer.parseInt(Files.readString(warm).strip()));
    }
    figures.forEach(report::put);
    report.write();
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static double round(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
