package dev.qudag.merge.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.git.process.Dialogues;
import dev.qudag.merge.git.process.GitException;
import dev.qudag.merge.git.process.GitProcess;
import dev.qudag.merge.git.process.GitSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many merges by one git are those of a git for each. */
class MergeTreesIT {
  @TempDir Path directory;
  private TestingHistory history;
  private GitRepository repository;
  private Dialogues gits;
  private MergeTrees merges;

  @BeforeEach
  void init() {
    history = TestingHistory.in(directory.resolve("hub.git"));
    repository = history.repository;
    gits = new Dialogues(() -> repository.git(), GitSettings.DEFAULT.limit(), MergeTrees.COMMAND);
    merges = new MergeTrees(gits, new LooseObjects(repository.directory()));
  }

  private ProcessHandle process() {
    try (var git = gits.lend()) {
      return git.process();
    }
  }

  /** What two gits must agree on. */
  private record Result(boolean clean, ObjectId tree, List<String> conflicts) {
    static Result of(MergeTrees.Merged merged) {
      return new Result(merged.clean(), merged.tree(), merged.conflicts());
    }
  }

  /** What a git makes of it that merges nothing else. */
  private Result alone(ObjectId ours, ObjectId theirs) {
    var args =
        new String[] {
          "merge-tree",
          "--write-tree",
          "-z",
          "--name-only",
          "--no-messages",
          ours.hex(),
          theirs.hex()
        };
    var result = repository.git().run(GitProcess.Input.NONE, List.of(0, 1), args);
    var fields = new String(result.output(), StandardCharsets.UTF_8).split("\0");
    return new Result(
        result.exit() == 0,
        ObjectId.of(fields[0]),
        Arrays.stream(fields).skip(1).sorted().toList());
  }

  @Test
  void oneAfterTheOtherIsAsEachAlone() {
    var merged = new ArrayList<Result>();
    var expected = new ArrayList<Result>();
    for (var seed = 1; seed <= 4; seed++) {
      var random = new TestingRandomHistory(repository, seed).grow(40);
      for (var i = 0; i < 30; i++) {
        var ours = random.any();
        var theirs = random.any();
        if (!repository.mergeBases(ours, theirs).isEmpty()) {
          expected.add(alone(ours, theirs));
          merged.add(Result.of(merges.merge(ours, theirs)));
        }
      }
    }

    assertThat(merged).isEqualTo(expected);
    assertThat(merged).anyMatch(Result::clean).anyMatch(m -> !m.clean());
  }

  @Test
  void aConflictNamesTheVersionsOfItsFile() {
    var root = history.commit(List.of(), "a", "1\n", "b", "1\n");
    var ours = history.commit(List.of(root), "a", "2\n", "b", "1\n");
    var theirs = history.commit(List.of(root), "a", "3\n", "b", "2\n");

    var merged = merges.merge(ours, theirs);

    assertThat(merged.stages())
        .containsExactly(
            new MergeTrees.Stage("100644", history.blob("1\n"), 1, "a"),
            new MergeTrees.Stage("100644", history.blob("2\n"), 2, "a"),
            new MergeTrees.Stage("100644", history.blob("3\n"), 3, "a"));
    assertThat(merged.messages())
        .containsExactlyInAnyOrder(
            new MergeTrees.Message(List.of("a"), "Auto-merging"),
            new MergeTrees.Message(List.of("a"), "CONFLICT (contents)"));
  }

  /** Before git took to its standard error for it, the advice stood in the answer. */
  @Test
  void adviceOnSubmodulesDoesNotSpoilTheNextAnswer() {
    var next = history.commit(List.of(), "a", "1");
    var root = submodule("1", List.of());
    var conflict = merges.merge(submodule("2", List.of(root)), submodule("3", List.of(root)));
    var process = process();

    assertThat(conflict.conflicts()).containsExactly("module");
    assertThat(conflict.messages())
        .extracting(MergeTrees.Message::type)
        .contains("CONFLICT (contents)");
    assertThat(merges.merge(next, next).tree()).isEqualTo(repository.treeOf(next).orElseThrow());
    assertThat(process()).isEqualTo(process);
  }

  private ObjectId submodule(String digit, List<ObjectId> parents) {
    var name = "module".getBytes(StandardCharsets.UTF_8);
    var tree = history.rawTree("160000", name, ObjectId.of(digit.repeat(40)));
    return history.commitTree(tree, parents);
  }

  @Test
  void oneProcessMergesAgainAndAgain() {
    var root = history.commit(List.of(), "a", "1", "b", "1");
    var ours = history.commit(List.of(root), "a", "2", "b", "1");
    var theirs = history.commit(List.of(root), "a", "1", "b", "2");

    var first = merges.merge(ours, theirs);
    var process = process();

    for (var i = 0; i < 50; i++) {
      assertThat(merges.merge(ours, theirs)).isEqualTo(first);
    }
    assertThat(process()).isEqualTo(process);
  }

  @Test
  void whatCameInAPackAfterItsStartIsMerged() {
    var root = history.commit(List.of(), "a", "1", "b", "1");
    var ours = history.commit(List.of(root), "a", "2", "b", "1");
    merges.merge(root, ours);
    var process = process();
    var other = TestingHistory.in(directory.resolve("other.git"));
    var same = other.commit(List.of(), "a", "1", "b", "1");
    var theirs = other.commit(List.of(same), "a", "1", "b", "2");
    assertThat(same).isEqualTo(root);
    var bundle = other.bundle(directory.resolve("x.bundle"), theirs, root);
    assertThat(new BundleImporter(repository).importBundle(bundle, theirs))
        .isEqualTo(new BundleImporter.Result.Imported(theirs));

    assertThat(merges.merge(ours, theirs).tree())
        .isEqualTo(repository.writeTree(TestingHistory.files("a", "2", "b", "2")));
    assertThat(process()).isEqualTo(process);
  }

  @Test
  void aRepositoryThatIsOpenedTwiceMergesTheSame() {
    var root = history.commit(List.of(), "a", "1", "b", "1");
    var ours = history.commit(List.of(root), "a", "2", "b", "1");
    var expected = merges.merge(root, ours);
    var again = TestingHistory.in(repository.directory());
    var theirs = again.commit(List.of(root), "a", "1", "b", "2");

    assertThat(again.repository.merges().merge(root, ours)).isEqualTo(expected);
    assertThat(again.repository.merges().merge(ours, theirs)).isEqualTo(merges.merge(ours, theirs));
  }

  @Test
  void whatCannotBeMergedEndsThatGitWithItsReason() {
    var root = history.commit(List.of(), "a", "1");
    var next = history.commit(List.of(root), "a", "2");
    var other = history.commit(List.of(), "b", "1");
    var merged = merges.merge(root, next);

    assertThatThrownBy(() -> merges.merge(root, ObjectId.of("1".repeat(40))))
        .isInstanceOf(GitException.class)
        .hasMessageContaining("not something we can merge");
    assertThatThrownBy(() -> merges.merge(root, other))
        .isInstanceOf(GitException.class)
        .hasMessageContaining("unrelated histories");
    assertThat(merges.merge(root, next)).isEqualTo(merged);
  }

  @Test
  void aMergedTreeIsThereWhenTheAnswerIs() {
    var root = history.commit(List.of(), "a", "1", "b", "1");
    var ours = history.commit(List.of(root), "a", "2", "b", "1");
    var theirs = history.commit(List.of(root), "a", "1", "b", "2");

    var tree = merges.merge(ours, theirs).tree();

    assertThat(repository.git().text("cat-file", "-t", tree.hex())).isEqualTo("tree");
    assertThat(repository.git().text("fsck", "--strict", "--no-dangling")).isEmpty();
  }
}
