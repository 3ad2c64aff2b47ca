package dev.qudag.merge.git;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.process.GitException;
import dev.qudag.merge.git.process.GitProcess;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commits have in common is what git says. */
class HistoryIT {
  @TempDir Path directory;
  private TestingHistory history;
  private GitRepository repository;

  @BeforeEach
  void init() {
    history = TestingHistory.in(directory.resolve("hub.git"));
    repository = history.repository;
  }

  private List<ObjectId> basesByGit(ObjectId one, ObjectId other) {
    var args = new String[] {"merge-base", "--all", one.hex(), other.hex()};
    var output = repository.git().run(GitProcess.Input.NONE, List.of(0, 1), args).output();
    return new String(output, US_ASCII).lines().map(ObjectId::of).sorted().toList();
  }

  private boolean isAncestorByGit(ObjectId one, ObjectId other) {
    var args = new String[] {"merge-base", "--is-ancestor", one.hex(), other.hex()};
    return repository.git().run(GitProcess.Input.NONE, List.of(0, 1), args).exit() == 0;
  }

  @Test
  void theAnswersAreGits() {
    var several = 0;
    for (var seed = 1; seed <= 4; seed++) {
      var random = new TestingRandomHistory(repository, seed).grow(60);
      for (var i = 0; i < 40; i++) {
        var one = random.any();
        var other = random.any();
        var bases = repository.mergeBases(one, other);
        several += bases.size() > 1 ? 1 : 0;
        assertThat(bases).as("seed %d", seed).isEqualTo(basesByGit(one, other));
        assertThat(repository.isAncestor(one, other))
            .as("seed %d", seed)
            .isEqualTo(isAncestorByGit(one, other));
      }
    }
    assertThat(several).as("pairs that have more than one base").isPositive();
  }

  @Test
  void aHistoryThatIsLongerThanIsLookedAtIsGits() {
    var root = history.commit(List.of(), "a", "1");
    var stream = new StringBuilder("reset refs/heads/long\nfrom " + root + "\n\n");
    for (var i = 0; i < 2_100; i++) {
      stream.append("commit refs/heads/long\n");
      stream.append("committer a <a@b> ").append(i).append(" +0000\ndata 1\nx\n");
    }
    repository.git().run(GitProcess.Input.of(stream.toString()), "fast-import", "--quiet");
    var head = repository.ref(RefName.branch("long")).orElseThrow();
    var other = history.commit(List.of(root), "a", "2");

    assertThat(repository.mergeBases(head, other)).containsExactly(root);
    assertThat(repository.isAncestor(root, head)).isTrue();
    assertThat(repository.isAncestor(other, head)).isFalse();
  }

  @Test
  void aCommitOfMoreParentsThanAreReadIsGits() {
    var root = history.commit(List.of(), "a", "1");
    var tree = repository.treeOf(root).orElseThrow();
    var many = history.commitTree(tree, Collections.nCopies(3_000, root));

    assertThat(repository.mergeBases(many, root)).containsExactly(root);
    assertThat(repository.isAncestor(root, many)).isTrue();
  }

  @Test
  void aLongMessageIsNotKept() {
    var root = history.commit(List.of(), "a", "1");
    var bytes = new ByteArrayOutputStream();
    var tree = repository.treeOf(root).orElseThrow();
    bytes.writeBytes(
        CommitBuilder.bytes(tree, List.of(root), TestingHistory.meta(1, "a long message")));
    bytes.writeBytes("x".repeat(20_000_000).getBytes(US_ASCII));
    var head = repository.writeCommit(bytes.toByteArray());

    assertThat(repository.mergeBases(root, head)).containsExactly(root);
  }

  @Test
  void whatIsNoCommitIsAnError() {
    var root = history.commit(List.of(), "a", "1");
    var tree = repository.treeOf(root).orElseThrow();

    for (var wrong : List.of(ObjectId.of("1".repeat(40)), tree)) {
      assertThatThrownBy(() -> repository.mergeBases(root, wrong))
          .as(wrong.hex())
          .isInstanceOf(GitException.class);
    }
  }
}
