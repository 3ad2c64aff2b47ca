package dev.qudag.merge.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.git.process.GitProcess;
import dev.qudag.merge.git.process.GitSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written without git is what git would have written. */
class LooseObjectsIT {
  @TempDir Path directory;
  private GitRepository repository;

  @BeforeEach
  void init() {
    repository = TestingHistory.in(directory.resolve("hub.git")).repository;
  }

  @Test
  void gitReadsWhatWasWritten() {
    var tree =
        repository.writeTree(
            TestingHistory.files("a.b", "1", "a/b/c", "2", "a0", "#!/bin/sh\n", "ü", ""));

    assertThat(repository.git().text("ls-tree", "-r", "--name-only", tree.hex()).lines())
        .containsExactly("a.b", "a/b/c", "a0", "ü");
    assertThat(repository.git().text("ls-tree", tree.hex(), "a0")).startsWith("100755 blob ");
    assertThat(repository.git().text("fsck", "--strict", "--no-dangling", tree.hex())).isEmpty();
  }

  @Test
  void aLargeObjectIsNamedAsGitNamesIt() {
    var content = "all work and no play ".repeat(100_000).getBytes(UTF_8);
    var named = repository.git().run(GitProcess.Input.of(content), "hash-object", "--stdin");

    assertThat(repository.writeBlob(content).hex()).isEqualTo(new String(named, UTF_8).strip());
    assertThat(repository.git().run("cat-file", "blob", repository.writeBlob(content).hex()))
        .isEqualTo(content);
  }

  @Test
  void anObjectIsWrittenOnceAndNothingElseIsLeft() throws IOException {
    var id = repository.writeBlob(new byte[] {1});
    var file = directory.resolve("hub.git/objects/" + id.hex().substring(0, 2));
    var first = Files.getLastModifiedTime(file);

    assertThat(repository.writeBlob(new byte[] {1})).isEqualTo(id);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(first);
    try (Stream<Path> objects = Files.list(directory.resolve("hub.git/objects"))) {
      assertThat(objects.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder(id.hex().substring(0, 2), "info", "pack");
    }
  }

  @Test
  void noProcessIsStarted() {
    var none = new GitSettings("/nonexistent/git", Duration.ofSeconds(1), 1);
    var withoutGit =
        GitRepository.openOrInit(
            repository.directory(), TestingHistory.MAIN, none, repository.limits());

    ObjectId tree = withoutGit.writeTree(TestingHistory.files("a", "1"));

    assertThat(repository.entries(tree)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "a/", "../a", "a/../b", "a//b", ".git/config", "a/.GIT"})
  void aPathThatDoesNotStayInTheTreeIsRefused(String path) {
    assertThatThrownBy(() -> repository.writeTree(TestingHistory.files(path, "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a path inside the tree");
  }

  @Test
  void aFileIsNoDirectory() {
    var files = TestingHistory.files("a", "1", "a/b", "2");

    assertThatThrownBy(() -> repository.writeTree(files))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a' is a file and a directory");
  }
}
