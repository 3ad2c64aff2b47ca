package dev.qudag.node.fleet;

import dev.qudag.bench.BenchReport;
import dev.qudag.bench.Latencies;
import dev.qudag.crypto.Digest;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.node.hub.TestingNodeProcess;
import dev.qudag.node.workspace.vcs.Git;
import dev.qudag.proto.Analysis;
import dev.qudag.proto.AnalyzeRequest;
import dev.qudag.proto.ChainStatus;
import dev.qudag.proto.HubControlGrpc;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.ProposalState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many proposals a hub analyses in a second, and how many land: a hub and four validators as
 * processes, on the cores of this machine, one landing after the other. Part of {@code
 * target/bench/merge.json}; what git alone does with the same commits is in {@code
 * merge-details.json}. Never fails on a figure.
 */
class LandingBench {
  private static final int VALIDATORS = 4;
  private static final int FILES = 1000;
  private static final int WARM_UP = 20;
  private static final int MEASURED = 80;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Map<String, String> SOMEBODY =
      Map.of(
          "GIT_AUTHOR_NAME", "somebody",
          "GIT_AUTHOR_EMAIL", "somebody@example.invalid",
          "GIT_COMMITTER_NAME", "somebody",
          "GIT_COMMITTER_EMAIL", "somebody@example.invalid");

  @TempDir Path folder;

  @Test
  void landing() throws Exception {
    BenchReport goals =
        BenchReport.open("merge").condition("validators", VALIDATORS).condition("landed", MEASURED);
    BenchReport details = BenchReport.open("merge-details");
    List<ObjectId> changes = changes();
    try (var swarm =
        SwarmProcesses.start(
            folder.resolve("swarm"),
            VALIDATORS,
            TestingNodeProcess.AS_IN_THE_IMAGE,
            repository ->
                BenchRepository.plant(
                    new Git(repository.git().directory(), folder), FILES, 0, Map.of()))) {
      List<String> proposals = propose(swarm, changes);
      goals.put("analysed_per_s", analysedPerSecond(swarm, proposals));
      List<Proposal> landed = land(swarm, proposals);
      goals.put("landed_per_s", landedPerSecond(landed));
      report(swarm, landed, details);
    }
    details.put("landed_per_s_by_git_alone", landedPerSecondByGitAlone(changes));
    goals.write();
    details.write();
  }

  private GitRepository cloned() {
    return GitRepository.openOrInit(folder.resolve("clone.git"), RefName.branch("main"));
  }

  private Git git() {
    return new Git(folder.resolve("clone.git"), folder);
  }

  private List<ObjectId> changes() {
    GitRepository clone = cloned();
    BenchRepository.plant(git(), FILES, WARM_UP + MEASURED, Map.of());
    List<ObjectId> changes = new ArrayList<>();
    for (int i = 0; i < WARM_UP + MEASURED; i++) {
      changes.add(clone.ref(RefName.branch(BenchRepository.change(i))).orElseThrow());
    }
    return changes;
  }

  private List<String> propose(SwarmProcesses swarm, List<ObjectId> changes) throws Exception {
    var proposer = new Proposer(swarm, cloned());
    List<String> proposals = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      proposals.add(proposer.propose("workspace-" + i, changes.get(i)));
    }
    return proposals;
  }

  /** One after the other, each onto the head, as the operator asks. */
  private static double analysedPerSecond(SwarmProcesses swarm, List<String> proposals) {
    var hub = HubControlGrpc.newBlockingStub(swarm.operatorsChannel());
    String base = swarm.genesis().head();
    long start = System.nanoTime();
    for (int i = 0; i < proposals.size(); i++) {
      if (i == WARM_UP) {
        start = System.nanoTime();
      }
      Analysis analysis =
          hub.analyze(
              AnalyzeRequest.newBuilder().setProposal(proposals.get(i)).setBase(base).build());
      if (analysis.getCommit().isEmpty()) {
        throw new IllegalStateException("a change that does not merge: " + analysis);
      }
    }
    return MEASURED / seconds(start);
  }

  private static List<Proposal> land(SwarmProcesses swarm, List<String> proposals)
      throws Exception {
    try (var operator = new PlayedOperator(swarm.operatorsChannel())) {
      operator.start();
      List<Proposal> landed = new ArrayList<>();
      for (String name : proposals) {
        Proposal ended = operator.awaitEnd(name, PATIENCE);
        if (ended.getState() != ProposalState.LANDED) {
          throw new IllegalStateException("a change that does not land: " + ended);
        }
        landed.add(ended);
      }
      return landed;
    }
  }

  /**
   * @param landed in the order in which they landed
   */
  private static double landedPerSecond(List<Proposal> landed) {
    long begin = landed.get(WARM_UP - 1).getLandedAtMs();
    return MEASURED / ((landed.getLast().getLandedAtMs() - begin) / 1000.0);
  }

  /** Where the time of a landing goes: judged by a quorum, ordered and landed, decided anew. */
  private static void report(SwarmProcesses swarm, List<Proposal> landed, BenchReport details)
      throws IOException {
    Map<String, Instant> approved = Approvals.quorums(swarm, (int) swarm.genesis().quorum());
    var whole = new Latencies();
    var judging = new Latencies();
    var ordering = new Latencies();
    var between = new Latencies();
    for (int i = WARM_UP; i < landed.size(); i++) {
      Proposal proposal = landed.get(i);
      long decidedAt = proposal.getDecidedAtMs();
      long approvedAt = approved.get(decision(proposal)).toEpochMilli();
      whole.add(nanos(proposal.getLandedAtMs() - decidedAt));
      judging.add(nanos(approvedAt - decidedAt));
      ordering.add(nanos(proposal.getLandedAtMs() - approvedAt));
      between.add(nanos(decidedAt - landed.get(i - 1).getLandedAtMs()));
    }
    details.put("decided_to_landed_p50_ms", whole.millis(50));
    details.put("decided_to_landed_p95_ms", whole.millis(95));
    details.put("decided_to_judged_by_quorum_p50_ms", judging.millis(50));
    details.put("judged_by_quorum_to_landed_p50_ms", ordering.millis(50));
    details.put("landed_to_next_decided_p50_ms", between.millis(50));
    ChainStatus status = swarm.status(1);
    details.put("views_per_block", (double) status.getView() / status.getHeight());
  }

  private static String decision(Proposal proposal) {
    return Digest.of(proposal.getDecisionDigest().toByteArray()).shortHex();
  }

  private static long nanos(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }

  /** Three processes for each: no vote, no certificate, but as durable. */
  private double landedPerSecondByGitAlone(List<ObjectId> changes) {
    Git git = git();
    long start = System.nanoTime();
    for (ObjectId change : changes.subList(WARM_UP, changes.size())) {
      String head = git.ask("rev-parse", "refs/heads/main");
      String tree = durably(git, "merge-tree", "--write-tree", head, change.hex());
      String commit =
          durably(git, "commit-tree", tree, "-p", head, "-p", change.hex(), "-m", "Merge");
      durably(git, "update-ref", "refs/heads/main", commit, head);
    }
    return MEASURED / seconds(start);
  }

  private static String durably(Git git, String... arguments) {
    List<String> words = new ArrayList<>(List.of("-c", "core.fsync=all"));
    words.addAll(List.of(arguments));
    return git.command(SOMEBODY, words.toArray(String[]::new)).run().orThrow().line();
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
