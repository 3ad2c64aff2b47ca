package dev.qudag.consensus.simplex;

import dev.qudag.bench.BenchReport;
import dev.qudag.bench.Latencies;
import dev.qudag.bench.SignatureCosts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast sets order of which each member has a core: simulated, with the costs of signatures and
 * of the disk as they are measured here. Part of {@code target/bench/consensus.json}.
 */
class SimplexBench {
  private static final int DECISIONS = 30;
  private static final long SEED = 1;
  private static final double MESSAGE_NANOS = 20_000;
  private static final long LEAST_DELAY_NANOS = 100_000;
  private static final long MOST_DELAY_NANOS = 500_000;
  private static final double TEN_GBIT_NANOS_PER_BYTE = 0.8;

  @TempDir Path folder;

  @Test
  void measure() throws IOException, InterruptedException {
    SignatureCosts signatures = SignatureCosts.measure();
    TimedSwarm.Costs costs =
        new TimedSwarm.Costs(
            signatures.signNanos(),
            signatures.verifyNanos(),
            syncNanos(),
            MESSAGE_NANOS,
            LEAST_DELAY_NANOS,
            MOST_DELAY_NANOS,
            TEN_GBIT_NANOS_PER_BYTE);
    BenchReport goals = BenchReport.open("consensus");
    BenchReport details =
        BenchReport.open("consensus-details")
            .condition("sim.seed", SEED)
            .condition("sim.message_us", costs.message() / 1000)
            .condition("sim.least_delay_us", costs.leastDelay() / 1000)
            .condition("sim.most_delay_us", costs.mostDelay() / 1000)
            .condition("sim.network_ns_per_byte", costs.perByte())
            .put("sim.sign_us", costs.sign() / 1000)
            .put("sim.verify_us", costs.verify() / 1000)
            .put("sim.sync_us", costs.sync() / 1000);
    for (int size : List.of(7, 31, 100)) {
      TimedSwarm swarm = new TimedSwarm(size, costs, SEED);
      Latencies latencies = new Latencies();
      for (int i = 0; i < DECISIONS; i++) {
        latencies.add(Math.round(swarm.orderOne()));
      }
      goals.put("sim.n" + size + "_p50_ms", latencies.millis(50));
      details.put("sim.n" + size + "_p99_ms", latencies.millis(99));
      details.put("sim.n" + size + "_messages_per_decision", (double) swarm.messages() / DECISIONS);
    }
    goals.write();
    details.write();
  }

  /** The median time until a record as large as a vote is on this disk. */
  private double syncNanos() throws IOException {
    Latencies syncs = new Latencies();
    try (var file =
        FileChannel.open(
            folder.resolve("log"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int i = 0; i < 500; i++) {
        file.write(ByteBuffer.allocate(5000));
        long start = System.nanoTime();
        file.force(false);
        syncs.add(System.nanoTime() - start);
      }
    }
    return syncs.millis(50) * 1e6;
  }
}
