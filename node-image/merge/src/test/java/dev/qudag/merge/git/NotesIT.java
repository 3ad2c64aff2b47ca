package dev.qudag.merge.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notes are written without git, for git to read. */
class NotesIT {
  private static final RefName REF = RefName.of("refs/notes/qudag");

  @TempDir Path directory;
  private TestingHistory history;
  private GitRepository repository;
  private Notes notes;

  @BeforeEach
  void init() {
    history = TestingHistory.in(directory.resolve("hub.git"));
    repository = history.repository;
    notes = new Notes(repository, REF);
  }

  private String shown(ObjectId commit) {
    return repository.git().text("notes", "--ref=" + REF, "show", commit.hex());
  }

  private void write(ObjectId commit, String content) {
    notes.write(commit, content.getBytes(UTF_8), TestingHistory.meta(5, "decided"));
  }

  @Test
  void gitShowsEachOfMany() {
    var commits = new ArrayList<ObjectId>();
    for (var i = 0; i < 40; i++) {
      commits.add(history.commit(List.of(), "a", "" + i));
      write(commits.getLast(), "note " + i);
    }

    for (var i = 0; i < commits.size(); i++) {
      var expected = "note " + i;
      assertThat(shown(commits.get(i))).isEqualTo(expected);
      assertThat(notes.read(commits.get(i)))
          .hasValueSatisfying(read -> assertThat(read).asString().isEqualTo(expected));
    }
    assertThat(repository.git().text("notes", "--ref=" + REF, "list").lines()).hasSize(40);
    assertThat(repository.git().text("fsck", "--strict", "--no-dangling")).isEmpty();
  }

  /** As it was done before, and as a person does it. */
  @Test
  void aNoteThatGitWroteIsReadAndReplaced() {
    var commit = history.commit(List.of(), "a", "a");
    write(history.commit(List.of(), "b", "b"), "another");
    repository
        .git(
            Map.of(
                "GIT_AUTHOR_NAME", "a",
                "GIT_AUTHOR_EMAIL", "a@b",
                "GIT_COMMITTER_NAME", "a",
                "GIT_COMMITTER_EMAIL", "a@b"))
        .run("notes", "--ref=" + REF, "add", "-f", "-m", "by git", commit.hex());

    assertThat(notes.read(commit))
        .hasValueSatisfying(read -> assertThat(read).asString().isEqualTo("by git\n"));
    write(commit, "by this");
    assertThat(shown(commit)).isEqualTo("by this");
    assertThat(repository.git().text("notes", "--ref=" + REF, "list").lines()).hasSize(2);
  }

  /** Git cuts the names of notes into more folders as they grow. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aNoteIsReplacedInWhateverFoldersItIs(int folders) {
    var commit = history.commit(List.of(), "a", "a");
    var path = new StringBuilder(commit.hex());
    for (var slash = 2; slash < 3 * folders; slash += 3) {
      path.insert(slash, '/');
    }
    var tree = repository.writeTree(TestingHistory.files(path.toString(), "old"));
    repository.update(REF, history.commitTree(tree, List.of()), ObjectId.ZERO);
    assertThat(notes.read(commit))
        .hasValueSatisfying(read -> assertThat(read).asString().isEqualTo("old"));

    write(commit, "new");

    assertThat(shown(commit)).isEqualTo("new");
    assertThat(repository.entries(repository.ref(REF).orElseThrow())).hasSize(1);
  }

  @Test
  void theHistoryOfNotesNamesWhatTheyAreAbout() {
    var commit = history.commit(List.of(), "a", "a");
    write(commit, "one");
    var first = repository.ref(REF).orElseThrow();
    write(commit, "two");

    assertThat(repository.firstParent(repository.ref(REF).orElseThrow())).hasValue(first);
    assertThat(repository.git().text("log", "-1", "--format=%an %ct %s", REF.full()))
        .isEqualTo("Ada 5 Note on " + commit);
  }
}
