package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.merge.git.GitSettings;
import dev.qudag.merge.tree.TreeLimits;
import dev.qudag.node.hub.repository.HubRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a landing asks git: each question is a process, while an agent waits. */
class LandingCostIT {
  private static final RefName BRANCH = RefName.branch("main");

  @TempDir Path data;

  @Test
  void whatFollowsOnTheHeadIsNotLookedForInItsHistory() throws IOException {
    Path asked = data.resolve("asked");
    TestingHub node = TestingHub.on(data, 4, new HubRepository(repository(asked), BRANCH));
    MergeDecision decision = node.decide(node.commit("a", "1"), "Add a");
    Block block = node.chain.block(node.chain.start(), node.chain.approved(decision, 0, 1, 2));
    Files.writeString(asked, "");

    assertThat(node.hub.apply(block, node.chain.finality(block, 1, 2, 3))).isTrue();

    assertThat(node.repository.head().hex()).isEqualTo(decision.commit());
    assertThat(Files.readAllLines(asked))
        .containsExactly(
            "cat-file", // the head of the proposal
            "cat-file", // the tree that lands
            "hash-object", // the commit
            "update-ref",
            "hash-object", // the note
            "notes",
            "notes");
  }

  /** Writes down what it is asked. */
  private GitRepository repository(Path asked) throws IOException {
    Path git =
        Files.createFile(
            data.resolve("git"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(git, "#!/bin/sh\necho \"$1\" >> '%s'\nexec git \"$@\"\n".formatted(asked));
    var settings =
        new GitSettings(
            git.toString(), GitSettings.DEFAULT.limit(), GitSettings.DEFAULT.maxOutputBytes());
    return GitRepository.openOrInit(
        data.resolve(HubRepository.FOLDER), BRANCH, settings, TreeLimits.DEFAULT);
  }
}
