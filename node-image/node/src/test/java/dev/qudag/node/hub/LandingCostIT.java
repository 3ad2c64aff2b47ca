package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.objects.CountedGit;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a landing asks git: each question is a process, while an agent waits. */
class LandingCostIT {
  @TempDir Path data;

  @Test
  void whatFollowsOnTheHeadIsNotLookedForInItsHistory() throws IOException {
    CountedGit git = CountedGit.in(data, HubRepository.FOLDER);
    TestingHub node = TestingHub.on(data, 4, new HubRepository(git.repository(), CountedGit.MAIN));
    MergeDecision decision = node.decide(node.commit("a", "1"), "Add a");
    Block block = node.chain.block(node.chain.start(), node.chain.approved(decision, 0, 1, 2));
    git.forget();

    assertThat(node.hub.apply(block, node.chain.finality(block, 1, 2, 3))).isTrue();

    assertThat(node.repository.head().hex()).isEqualTo(decision.commit());
    assertThat(git.asked()).isEmpty();
  }
}
