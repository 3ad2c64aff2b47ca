package dev.qudag.node.validator;

import static org.awaitility.Awaitility.await;

import dev.qudag.bench.BenchReport;
import dev.qudag.bench.Latencies;
import dev.qudag.bench.SignatureCosts;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.merge.ObjectId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast validators order, over loopback gRPC with real keys and fsync, all of them on the cores
 * of this machine: part of {@code target/bench/consensus.json}. Never fails on a figure.
 */
class ConsensusBench {
  private static final int WARM_UP = 300;
  private static final int MEASURED = 400;
  private static final int RATE_SECONDS = 15;
  private static final int BATCH = 500;
  private static final int MERGES = 40;
  private static final int IDLE_SECONDS = 60;

  @TempDir Path folder;
  private BenchReport goals;
  private BenchReport details;

  @BeforeEach
  void openReports() throws IOException {
    goals = BenchReport.open("consensus");
    details = BenchReport.open("consensus-details");
  }

  @AfterEach
  void writeReports() throws IOException {
    goals.write();
    details.write();
  }

  @Test
  void ordering() throws Exception {
    goals.condition("opaque_decision_bytes", OpaquePayloads.ITEM_BYTES);
    for (int members : List.of(4, 7)) {
      measureOneByOne(members);
      measureBatches(members);
    }
  }

  private void measureOneByOne(int members) throws Exception {
    String key = "n" + members + ".";
    try (OrdererSwarm swarm = swarm(members, "one", 1)) {
      for (int i = 0; i < WARM_UP; i++) {
        swarm.orderOne();
      }
      double bound = measureLatency(swarm, members, key);
      if (members == 7) {
        details.put(key + "idle_frames_per_min", framesOfAnIdleMinute(swarm));
      }
      double blocks = ordersPerSecond(swarm);
      details.put(key + "blocks_per_s", blocks);
      details.put(key + "bound_ratio", blocks * bound / 1000);
      if (members == 7) {
        goals.put(key + "blocks_per_s", blocks);
        goals.put(key + "signature_bound_blocks_per_s", 1000 / bound);
        goals.put(key + "bound_ratio", blocks * bound / 1000);
      }
    }
  }

  /** The latency bound in milliseconds, measured in between the latencies. */
  private double measureLatency(OrdererSwarm swarm, int members, String key)
      throws InterruptedException {
    Latencies first = new Latencies();
    Latencies quorum = new Latencies();
    Latencies all = new Latencies();
    SignatureCosts.Sum costsNow = new SignatureCosts.Sum();
    Work before = Work.of(swarm);
    for (int i = 0; i < MEASURED; i++) {
      List<Long> nanos = swarm.orderOne();
      first.add(nanos.getFirst());
      quorum.add(nanos.get(swarm.quorum() - 1));
      all.add(nanos.getLast());
      if (i % (MEASURED / 10) == 0) {
        costsNow.measure(); // other work on the machine slows both
      }
    }
    Work.of(swarm).minus(before).report(details, key + "one_by_one_", MEASURED);
    SignatureCosts costs = costsNow.mean();
    double bound = needed(members, swarm.quorum(), costs);
    goals.put(key + "p50_ms", quorum.millis(50));
    goals.put(key + "p99_ms", quorum.millis(99));
    goals.put(key + "latency_bound_ms", bound);
    goals.put(key + "latency_ratio", quorum.millis(50) / bound);
    details.put(key + "first_p50_ms", first.millis(50));
    details.put(key + "all_p50_ms", all.millis(50));
    details.put(key + "sign_us", costs.signNanos() / 1000);
    details.put(key + "verify_us", costs.verifyNanos() / 1000);
    return bound;
  }

  private void measureBatches(int members) throws Exception {
    try (OrdererSwarm swarm = swarm(members, "batch", BATCH)) {
      goals.put("n" + members + ".decisions_per_s", ordersPerSecond(swarm));
    }
  }

  /** Decisions one after another on one branch, each merged again by every validator. */
  @Test
  void merging() throws Exception {
    details.condition("merges", MERGES);
    try (TestingSwarm swarm = new TestingSwarm(folder.resolve("merges"), 7)) {
      swarm.startAll();
      List<MergeDecision> chain = new ArrayList<>();
      ObjectId base = ObjectId.of(swarm.genesis.head());
      for (int i = 0; i < MERGES; i++) {
        ObjectId change = swarm.hub.change(ObjectId.of(swarm.genesis.head()), "file" + i);
        MergeDecision decision =
            swarm.hub.decide(swarm.genesis, base, swarm.genesisState().policyDigest(), change);
        chain.add(decision);
        base = ObjectId.of(decision.commit());
      }
      int warmUp = MERGES / 4;
      land(swarm, chain.subList(0, warmUp));
      long start = System.nanoTime();
      land(swarm, chain.subList(warmUp, MERGES));
      goals.put("n7.merges_per_s", (MERGES - warmUp) / seconds(start));
    }
  }

  private static void land(TestingSwarm swarm, List<MergeDecision> decisions) {
    decisions.forEach(swarm::submit);
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> swarm.status(0).getPendingCount() == 0);
  }

  private OrdererSwarm swarm(int members, String what, int mostInBlock) throws Exception {
    return new OrdererSwarm(
        folder.resolve(what + members), members, new OpaquePayloads(mostInBlock));
  }

  /**
   * What one decision needs at least, over all members: each signs two votes and verifies as many
   * of each kind as make a quorum with its own.
   *
   * @return milliseconds of all cores
   */
  private static double needed(int members, int quorum, SignatureCosts costs) {
    return costs.millis(2.0 * members, 2.0 * members * (quorum - 1));
  }

  /** Decisions a second while more wait than fit into a block. */
  private double ordersPerSecond(OrdererSwarm swarm) throws InterruptedException {
    swarm.handInForEver();
    TimeUnit.SECONDS.sleep(RATE_SECONDS / 3);
    long from = swarm.finalEverywhere();
    long start = System.nanoTime();
    TimeUnit.SECONDS.sleep(RATE_SECONDS);
    return (swarm.finalEverywhere() - from) / seconds(start);
  }

  private static long framesOfAnIdleMinute(OrdererSwarm swarm) throws InterruptedException {
    TimeUnit.SECONDS.sleep(1);
    long before = swarm.total(orderer -> orderer.frames.get());
    TimeUnit.SECONDS.sleep(IDLE_SECONDS);
    return swarm.total(orderer -> orderer.frames.get()) - before;
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  /** What a swarm has done since it started, over all members. */
  private record Work(long signatures, long verifications, long frames) {
    static Work of(OrdererSwarm swarm) {
      return new Work(
          swarm.total(orderer -> orderer.signatures.get()),
          swarm.total(orderer -> orderer.verifications.get()),
          swarm.total(orderer -> orderer.frames.get()));
    }

    Work minus(Work before) {
      return new Work(
          signatures - before.signatures,
          verifications - before.verifications,
          frames - before.frames);
    }

    void report(BenchReport report, String key, double decisions) {
      report.put(key + "signatures", signatures / decisions);
      report.put(key + "verifications", verifications / decisions);
      report.put(key + "frames", frames / decisions);
    }
  }
}
