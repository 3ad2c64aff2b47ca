package dev.qudag.node.hub;

import dev.qudag.bench.BenchReport;
import dev.qudag.bench.Latencies;
import dev.qudag.consensus.chain.policy.LandingPolicy;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.node.fleet.BenchRepository;
import dev.qudag.node.hub.analysis.Analyses;
import dev.qudag.node.hub.analysis.SigningSecret;
import dev.qudag.node.hub.book.ProposalSource;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.workspace.vcs.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long the hub takes to analyse one proposal, from its name to the commit that would land: part
 * of {@code target/bench/merge.json}. Beside it, in {@code merge-details.json}, a plain {@code git
 * merge-tree} for the same commits, the one first as often as the other. Never fails on a figure.
 */
class AnalysisBench {
  private static final int WARM_UP = 40;
  private static final int MEASURED = 200;

  @TempDir Path folder;
  private BenchReport goals;
  private BenchReport details;

  @BeforeEach
  void openReports() throws IOException {
    goals = BenchReport.open("merge").condition("analyses", MEASURED);
    details = BenchReport.open("merge-details");
  }

  @AfterEach
  void writeReports() throws IOException {
    goals.write();
    details.write();
  }

  @Test
  void analysingAmongAThousandFiles() throws IOException {
    measure("1k", 1_000);
  }

  @Test
  void analysingAmongAHundredThousandFiles() throws IOException {
    measure("100k", 100_000);
  }

  private void measure(String size, int files) throws IOException {
    HubRepository repository =
        HubRepository.open(Files.createDirectories(folder.resolve(size)), "main");
    var git = new Git(repository.git().directory(), folder);
    BenchRepository.plant(git, files, WARM_UP + MEASURED, Map.of());
    var analyses =
        new Analyses(
            repository,
            "s",
            () -> LandingPolicy.MERGE,
            new SigningSecret(folder.resolve("signing")));
    ObjectId base = repository.head();
    Latencies ours = new Latencies();
    Latencies plain = new Latencies();
    for (int i = 0; i < WARM_UP + MEASURED; i++) {
      ObjectId head = repository.git().ref(RefName.branch(BenchRepository.change(i))).orElseThrow();
      Runnable analysis = () -> analyse(analyses, base, head);
      Runnable merge = () -> git.ask("merge-tree", "--write-tree", base.hex(), head.hex());
      boolean oursFirst = i % 2 == 0;
      long first = nanos(oursFirst ? analysis : merge);
      long second = nanos(oursFirst ? merge : analysis);
      if (i == 0) {
        details.put("analyse_first_ms_" + size, first / 1e6); // every file is read for its digest
      }
      if (i >= WARM_UP) {
        ours.add(oursFirst ? first : second);
        plain.add(oursFirst ? second : first);
      }
    }
    goals.put("analyse_p50_ms_" + size, ours.millis(50));
    goals.put("analyse_p95_ms_" + size, ours.millis(95));
    details.put("merge_tree_p50_ms_" + size, plain.millis(50));
    details.put("merge_tree_p95_ms_" + size, plain.millis(95));
    details.put("analyse_to_merge_tree_ratio_" + size, ours.millis(50) / plain.millis(50));
  }

  private static void analyse(Analyses analyses, ObjectId base, ObjectId head) {
    var statement =
        new AuthorStatement(
            Digest.ZERO, "w", "w", "agent", head.hex(), "refs/heads/main", "A change", 1);
    var change = new ProposalSource.Change(Bytes.of(statement.encode()), Bytes.EMPTY, Bytes.EMPTY);
    if (!(analyses.of(change, base) instanceof Analyses.Analysed.Clean)) {
      throw new IllegalStateException(head + " does not merge cleanly into " + base);
    }
  }

  private static long nanos(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return System.nanoTime() - start;
  }
}
