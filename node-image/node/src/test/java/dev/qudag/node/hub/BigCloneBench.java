package dev.qudag.node.hub;

import dev.qudag.bench.BenchReport;
import dev.qudag.consensus.chain.identity.WorkspaceGrant;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.node.fleet.FleetAgent;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.workspace.vcs.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a workspace takes from its start to its files, when the branch has 5 GB behind it: part
 * of {@code target/bench/merge.json}, on demand. A clone that does not succeed is said there too.
 */
class BigCloneBench {
  private static final String KEY = "clone_s_5gb";
  private static final long BYTES = 5_000_000_000L;
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  @TempDir Path folder;

  @Test
  void cloning() throws Exception {
    BenchReport goals = BenchReport.open("merge");
    if (Boolean.getBoolean("qudag.bench.big")) {
      cloneOnce(goals);
    } else {
      goals.condition(KEY, "not measured: it takes 20 GB of disk; make bench-merge BIG=1");
    }
    goals.write();
  }

  private void cloneOnce(BenchReport goals) throws Exception {
    Path volume = folder.resolve("hub");
    HubRepository repository =
        HubRepository.open(Files.createDirectories(volume.resolve("data")), "main");
    LongHistory.ofBytes(BYTES).plant(new Git(repository.git().directory(), folder));
    try (TestingHubNode hub = TestingHubNode.start(volume)) {
      long start = System.nanoTime();
      try (FleetAgent agent = FleetAgent.start(folder, "agent", new Swarm(hub), false)) {
        agent.awaitReady(PATIENCE);
        goals.put(KEY, (System.nanoTime() - start) / 1e9);
      } catch (IOException | IllegalStateException | ConditionTimeoutException e) {
        goals.condition(KEY, "failed: " + (e.getCause() == null ? e : e.getCause()).getMessage());
      }
    }
  }

  private record Swarm(TestingHubNode node) implements FleetAgent.Swarm {
    @Override
    public String hub() {
      return "localhost:" + node.client.port();
    }

    @Override
    public NodeIdentity operator() {
      return node.chain.operator;
    }

    @Override
    public void join(int port, NodeIdentity workspace, String uid) {
      var grant =
          new WorkspaceGrant(
                  node.chain.genesis.chainId(),
                  uid,
                  uid,
                  workspace.verifyingKey(),
                  workspace.tlsFingerprint())
              .sign(operator().signingKey());
      node.client.join(port, workspace, grant);
    }
  }
}
