package dev.qudag.merge.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.process.GitException;
import dev.qudag.merge.git.process.GitSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitRepositoryIT {
  @TempDir Path directory;
  private TestingHistory history;
  private GitRepository repository;

  @BeforeEach
  void init() {
    history = TestingHistory.in(directory.resolve("hub.git"));
    repository = history.repository;
  }

  @Test
  void aRefMovesOnlyFromWhereItIsThoughtToBe() {
    var one = history.commit(List.of(), "a", "1");
    var two = history.commit(List.of(one), "a", "2");
    var three = history.commit(List.of(one), "a", "3");

    assertThat(repository.update(TestingHistory.MAIN, one, ObjectId.ZERO)).isTrue();
    assertThat(repository.update(TestingHistory.MAIN, two, one)).isTrue();
    assertThat(repository.update(TestingHistory.MAIN, two, one)).as("again").isTrue();
    assertThat(repository.update(TestingHistory.MAIN, three, one)).isFalse();
    assertThat(repository.update(TestingHistory.MAIN, three, ObjectId.ZERO)).isFalse();
    assertThat(repository.ref(TestingHistory.MAIN)).contains(two);
    assertThat(repository.delete(TestingHistory.MAIN, one)).isFalse();
    assertThat(repository.delete(TestingHistory.MAIN, two)).isTrue();
    assertThat(repository.ref(TestingHistory.MAIN)).isEmpty();
  }

  /** The hub asks for its branch with each state that it tells. */
  @Test
  void aRefIsReadWithoutAProcess() {
    var one = history.commit(List.of(), "a", "1");
    repository.update(TestingHistory.MAIN, one, ObjectId.ZERO);
    var settings = new GitSettings("/nonexistent/git", Duration.ofSeconds(1), 1);
    var withoutGit =
        GitRepository.openOrInit(
            repository.directory(), TestingHistory.MAIN, settings, repository.limits());

    assertThat(withoutGit.ref(TestingHistory.MAIN)).contains(one);
    assertThat(withoutGit.ref(RefName.of("refs/heads/other"))).isEmpty();
    repository.git().run("pack-refs", "--all");
    assertThat(withoutGit.ref(TestingHistory.MAIN)).as("packed").contains(one);
  }

  @Test
  void aPackedRefIsReadAndMovesLikeAnyOther() {
    var one = history.commit(List.of(), "a", "1");
    var two = history.commit(List.of(one), "a", "2");
    repository.update(TestingHistory.MAIN, one, ObjectId.ZERO);
    repository.git().run("pack-refs", "--all");

    assertThat(repository.directory().resolve(TestingHistory.MAIN.full())).doesNotExist();
    assertThat(repository.ref(TestingHistory.MAIN)).contains(one);
    assertThat(repository.ref(RefName.of("refs/heads"))).as("a folder").isEmpty();
    assertThat(repository.update(TestingHistory.MAIN, two, one)).isTrue();
    assertThat(repository.ref(TestingHistory.MAIN)).contains(two);
  }

  @Test
  void aRefThatNamesAnotherIsWhatThatOneIs() {
    var one = history.commit(List.of(), "a", "1");
    repository.update(TestingHistory.MAIN, one, ObjectId.ZERO);
    repository.git().run("symbolic-ref", "refs/heads/alias", TestingHistory.MAIN.full());

    assertThat(repository.ref(RefName.branch("alias"))).contains(one);
  }

  /** Many moves by one git, and what it finds was written by another one meanwhile. */
  @Test
  void aRefMovesAgainAndAgain() {
    var branch = RefName.branch("topic");
    var commit = history.commit(List.of(), "a", "0");
    assertThat(repository.update(branch, commit, ObjectId.ZERO)).isTrue();
    for (var i = 1; i < 20; i++) {
      var next = history.commit(List.of(commit), "a", "" + i);
      assertThat(repository.update(branch, next, commit)).isTrue();
      commit = next;
    }
    var last = commit;
    var elsewhere = history.commit(List.of(last), "a", "elsewhere");
    repository.git().run("update-ref", branch.full(), elsewhere.hex());
    repository.git().run("pack-refs", "--all");

    assertThat(repository.update(branch, history.commit(List.of(), "b", "b"), last)).isFalse();
    assertThat(repository.update(branch, last, elsewhere)).isTrue();
    assertThat(repository.git().text("rev-parse", branch.full())).isEqualTo(last.hex());
    assertThatThrownBy(() -> repository.update(RefName.branch("topic/below"), last, ObjectId.ZERO))
        .isInstanceOf(GitException.class)
        .hasMessageContaining("'refs/heads/topic' exists");
  }

  @Test
  void aRefCannotPointToWhatIsNotThere() {
    assertThatThrownBy(
            () ->
                repository.update(TestingHistory.MAIN, ObjectId.of("1".repeat(40)), ObjectId.ZERO))
        .isInstanceOf(GitException.class)
        .hasMessageContaining("refs/heads/main");
  }

  @Test
  void gitNamesACommitAsTheBuilderDoes() {
    var tree = repository.writeTree(TestingHistory.files("a", "a"));
    var bytes =
        CommitBuilder.bytes(
            tree, List.of(), TestingHistory.meta(1, "-m is no option\n\n--amend\n"));

    assertThat(repository.writeCommit(bytes)).isEqualTo(CommitBuilder.id(bytes));
    assertThat(repository.git().text("fsck", "--strict", "--no-dangling")).isEmpty();
  }

  @Test
  void openingAgainKeepsEverything() {
    var commit = history.commit(List.of(), "a", "a");
    repository.update(TestingHistory.MAIN, commit, ObjectId.ZERO);

    assertThat(TestingHistory.in(repository.directory()).repository.ref(TestingHistory.MAIN))
        .contains(commit);
  }

  @Test
  void aNoteIsKeptOnceAndReplacedWhole() {
    var commit = history.commit(List.of(), "a", "a");
    var notes = new Notes(repository, RefName.of("refs/notes/qudag"));
    var bytes = new byte[] {0, 1, (byte) 0xff, '\n'};

    assertThat(notes.read(commit)).isEmpty();
    notes.write(commit, bytes, TestingHistory.meta(5, "note"));
    var first = repository.ref(RefName.of("refs/notes/qudag"));
    notes.write(commit, bytes, TestingHistory.meta(6, "note"));

    assertThat(repository.ref(RefName.of("refs/notes/qudag"))).isEqualTo(first);
    assertThat(notes.read(commit)).hasValueSatisfying(read -> assertThat(read).isEqualTo(bytes));
    notes.write(commit, "other".getBytes(UTF_8), TestingHistory.meta(7, "note"));
    assertThat(notes.read(commit))
        .hasValueSatisfying(read -> assertThat(read).asString().isEqualTo("other"));
  }

  @Test
  void anArchiveIsTheWholeTreeWhateverItsAttributesSay() throws Exception {
    var longName = "d/" + "n".repeat(200) + "/ü.txt";
    var target =
        unpack(
            repository.writeTree(
                TestingHistory.files(
                    ".gitattributes",
                    "* export-ignore export-subst\n",
                    "run",
                    "#!/bin/sh\n",
                    longName,
                    "$Format:%H$")));

    assertThat(target.resolve(".gitattributes")).exists();
    assertThat(target.resolve("run")).isExecutable();
    assertThat(target.resolve(longName)).hasContent("$Format:%H$");
  }

  @Test
  void anArchiveKeepsLinks() throws Exception {
    var target = unpack(history.rawTree("120000", "link".getBytes(UTF_8), history.blob("to/it")));

    assertThat(Files.readSymbolicLink(target.resolve("link"))).hasToString("to/it");
  }

  private Path unpack(ObjectId tree) throws IOException, InterruptedException {
    var target = Files.createDirectory(directory.resolve("out"));
    var tar = new ProcessBuilder("tar", "-x", "-C", target.toString()).inheritIO();
    var running = tar.redirectInput(ProcessBuilder.Redirect.PIPE).start();
    try (var in = running.getOutputStream()) {
      new TreeArchive(repository).write(tree, in);
    }
    assertThat(running.waitFor()).isZero();
    return target;
  }

  @Test
  void theDigestOfATreeFollowsContentModeAndName() {
    var digests =
        List.of(
            repository.writeTree(TestingHistory.files("a", "x", "d/b", "y")),
            repository.writeTree(TestingHistory.files("a", "x", "d/c", "y")),
            repository.writeTree(TestingHistory.files("a", "x", "d/b", "z")),
            repository.writeTree(TestingHistory.files("a", "#!x", "d/b", "y")),
            repository.writeTree(TestingHistory.files("a", "x", "db", "y")));
    var content = new TreeContent(repository);

    assertThat(digests.stream().map(content::digest).map(java.util.Arrays::toString))
        .doesNotHaveDuplicates();
    assertThat(content.digest(digests.getFirst()))
        .isEqualTo(new TreeContent(repository).digest(digests.getFirst()));
  }

  @Test
  void aGitThatHangsIsKilled() {
    var slow = new GitSettings("git", Duration.ofMillis(100), 1024);
    var hanging =
        GitRepository.openOrInit(
            repository.directory(), TestingHistory.MAIN, slow, repository.limits());

    assertThatThrownBy(
            () ->
                hanging
                    .git()
                    .run(
                        _ -> {
                          try {
                            Thread.sleep(Duration.ofSeconds(30));
                          } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                          }
                        },
                        "cat-file",
                        "--batch"))
        .isInstanceOf(GitException.class);
  }

  @Test
  void whatAKilledProcessLeftOfARepositoryIsMadeAnew() throws IOException {
    Path left = Files.createDirectories(directory.resolve("killed.git.new"));
    Files.writeString(left.resolve("HEAD"), "ref: refs/heads/main");
    Files.createFile(left.resolve("config.lock"));

    var made = GitRepository.openOrInit(directory.resolve("killed.git"), TestingHistory.MAIN);

    assertThat(made.git().text("rev-parse", "--is-bare-repository")).isEqualTo("true");
    assertThat(left).doesNotExist();
  }

  @Test
  void aMissingGitIsOneSentence() {
    var none = new GitSettings("git-that-is-not-there", Duration.ofSeconds(1), 1024);

    assertThatThrownBy(
            () ->
                GitRepository.openOrInit(
                    directory.resolve("x"), TestingHistory.MAIN, none, repository.limits()))
        .isInstanceOf(GitException.class)
        .hasMessageContaining("cannot be started as 'git-that-is-not-there'");
  }

  @Test
  void aBundleOfTwoRefsIsReadByGitItself() throws IOException {
    var one = history.commit(List.of(), "a", "1");
    var two = history.commit(List.of(one), "a", "2");
    var file = directory.resolve("x.bundle");
    try (var out = Files.newOutputStream(file)) {
      new BundleWriter(repository).write(Map.of(TestingHistory.MAIN, two), List.of(one), out);
    }
    assertThat(repository.git().text("bundle", "list-heads", file.toString()))
        .isEqualTo(two + " refs/heads/main");
    assertThat(repository.countBetween(one, two)).isEqualTo(1);
    assertThat(repository.isAncestor(one, two)).isTrue();
    assertThat(repository.isAncestor(two, one)).isFalse();
  }
}
