package dev.qudag.merge.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.git.TreeDiffs.Pair;
import dev.qudag.merge.tree.TreeEntry;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many differences from one git are those of a git for each. */
class TreeDiffsIT {
  @TempDir Path directory;
  private TestingHistory history;
  private GitRepository repository;

  @BeforeEach
  void init() {
    history = TestingHistory.in(directory.resolve("hub.git"));
    repository = history.repository;
  }

  /** What a git says of it that compares nothing else. */
  private List<String> alone(Pair pair) {
    var args =
        new String[] {
          "diff-tree", "-r", "-z", "--no-renames", "--name-only", pair.from().hex(), pair.to().hex()
        };
    var names = new String(repository.git().run(args), UTF_8);
    return names.isEmpty() ? List.of() : List.of(names.split("\0"));
  }

  @Test
  void oneAfterTheOtherIsAsEachAlone() {
    var random = new TestingRandomHistory(repository, 11).grow(30);
    for (var i = 0; i < 15; i++) {
      var pairs = new ArrayList<Pair>();
      for (var p = 0; p < 3; p++) {
        pairs.add(
            new Pair(
                repository.treeOf(random.any()).orElseThrow(),
                repository.treeOf(random.any()).orElseThrow()));
      }

      assertThat(TreeDiffs.of(repository.diffs(), pairs))
          .extracting(diff -> List.copyOf(diff.paths()))
          .isEqualTo(pairs.stream().map(this::alone).toList());
    }
  }

  @Test
  void aNameMayHoldWhatEndsALine() {
    var name = "end\nend\n:x".getBytes(UTF_8);
    var tree = history.rawTree(TreeEntry.FILE, name, history.blob("1"));
    var pair = new Pair(ObjectId.EMPTY_TREE, tree);

    assertThat(TreeDiffs.of(repository.diffs(), List.of(pair, pair)))
        .allSatisfy(diff -> assertThat(diff.paths()).containsExactly("end\nend\n:x"));
  }

  @Test
  void aTreeThatIsNotThereIsNoDifference() {
    var lost = new Pair(ObjectId.of("1".repeat(40)), ObjectId.EMPTY_TREE);
    var same = new Pair(ObjectId.EMPTY_TREE, ObjectId.EMPTY_TREE);

    assertThatThrownBy(() -> TreeDiffs.of(repository.diffs(), List.of(lost)))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(TreeDiffs.of(repository.diffs(), List.of(same)).getFirst().paths()).isEmpty();
  }
}
