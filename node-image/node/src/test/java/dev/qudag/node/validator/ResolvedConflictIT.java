package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.merge.ObjectId;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four validators that resolve a conflict by rules, each on its own, over real gRPC and TLS. */
class ResolvedConflictIT {
  private static final String FILE = "CHANGELOG.md";
  private static final String BASE = "# Changes\n\n- First.\n";

  @TempDir Path folder;

  @Test
  void allResolveItToTheSameCommit() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      ObjectId root = ObjectId.of(swarm.genesis.head());
      ChainState state = swarm.genesisState();
      MergeDecision first =
          swarm.hub.decide(swarm.genesis, state, swarm.hub.change(root, FILE, BASE));
      state = land(swarm, state, first);
      ObjectId branch = ObjectId.of(first.commit());
      ObjectId ours = swarm.hub.change(branch, FILE, BASE + "- Ours.\n");
      ObjectId theirs = swarm.hub.change(branch, FILE, BASE + "- Theirs.\n");
      state = land(swarm, state, swarm.hub.decide(swarm.genesis, state, ours));

      MergeDecision resolved = swarm.hub.decide(swarm.genesis, state, theirs);
      state = land(swarm, state, resolved);

      assertThat(resolved.merge().category()).isEqualTo("Textual");
      assertThat(state.head(swarm.genesis.branch())).contains(resolved.commit());
      ObjectId expected = swarm.hub.change(branch, FILE, BASE + "- Ours.\n- Theirs.\n");
      assertThat(resolved.tree()).isEqualTo(swarm.hub.treeOf(expected).hex());
    }
  }

  private static ChainState land(TestingSwarm swarm, ChainState state, MergeDecision decision) {
    swarm.submit(decision);
    return swarm.awaitFinal(0, state, decision);
  }
}
