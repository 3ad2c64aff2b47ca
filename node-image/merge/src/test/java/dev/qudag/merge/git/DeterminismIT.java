package dev.qudag.merge.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.Analysis;
import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.git.process.GitSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hub and validators are machines of different people: only the commits may decide what a merge is.
 */
class DeterminismIT {
  private static final String LINES = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";

  @TempDir Path directory;

  @Test
  void theRepositorysOwnConfigurationChangesNothing() throws IOException {
    var plain = TestingHistory.in(directory.resolve("plain.git"));
    var odd = TestingHistory.in(directory.resolve("odd.git"));
    Files.writeString(
        odd.repository.directory().resolve("config"),
        """
        [core]
          repositoryformatversion = 0
          bare = true
          attributesFile = /tmp/nowhere
          hooksPath = hooks
          autocrlf = true
        [merge]
          renames = false
          directoryRenames = true
          conflictStyle = diff3
          default = ours
        [diff]
          algorithm = patience
        [user]
          name = Someone Else
          email = else@example.org
        [i18n]
          commitEncoding = ISO-8859-1
        """);

    assertThat(landing(odd)).isEqualTo(landing(plain));
  }

  @Test
  void nothingOfThisProcesssEnvironmentReachesGit() {
    var names = GitSettings.DEFAULT.environment(directory).keySet();

    assertThat(names)
        .allMatch(
            n ->
                n.startsWith("GIT_")
                    || List.of("PATH", "HOME", "XDG_CONFIG_HOME", "LC_ALL", "TZ").contains(n));
    assertThat(GitSettings.DEFAULT.environment(directory))
        .containsEntry("GIT_CONFIG_GLOBAL", "/dev/null")
        .containsEntry("GIT_CONFIG_NOSYSTEM", "1")
        .containsEntry("HOME", "/nonexistent");
  }

  @Test
  void hooksAndFiltersNeverRun() throws IOException {
    var history = TestingHistory.in(directory.resolve("hub.git"));
    var proof = directory.resolve("it-ran");
    var hooks = Files.createDirectories(history.repository.directory().resolve("hooks"));
    for (var name :
        List.of("reference-transaction", "post-index-change", "update", "pre-receive")) {
      var hook = Files.writeString(hooks.resolve(name), "#!/bin/sh\ntouch " + proof + "\n");
      assertThat(hook.toFile().setExecutable(true)).isTrue();
    }
    Files.writeString(
        history.repository.directory().resolve("config"),
        """
        [core]
          bare = true
          fsmonitor = touch %1$s
        [filter "evil"]
          clean = touch %1$s
          smudge = touch %1$s
        [merge "evil"]
          driver = touch %1$s
        [diff "evil"]
          textconv = touch %1$s
        """
            .formatted(proof));

    landing(history, "* filter=evil merge=evil diff=evil\n");
    var commit = history.commit(List.of(), ".gitattributes", "* filter=evil\n", "a", "a");
    assertThat(history.repository.update(TestingHistory.MAIN, commit, ObjectId.ZERO)).isTrue();
    new TreeArchive(history.repository)
        .write(
            history.repository.treeOf(commit).orElseThrow(),
            java.io.OutputStream.nullOutputStream());

    assertThat(proof).doesNotExist();
  }

  private static List<String> landing(TestingHistory history) {
    return landing(history, "* text=auto eol=crlf\n");
  }

  /** The exact commit, and the digest of what it holds. */
  private static List<String> landing(TestingHistory history, String attributes) {
    var repository = history.repository;
    var root = history.commit(List.of(), ".gitattributes", attributes, "a", LINES, "b", LINES);
    var base =
        history.commit(List.of(root), ".gitattributes", attributes, "moved", LINES, "b", LINES);
    var head =
        history.commit(
            List.of(root), ".gitattributes", attributes, "a", LINES + "10\n", "b", "0\n" + LINES);
    var clean = (Analysis.Clean) new MergeAnalyzer(repository).analyze(base, head);
    var meta = TestingHistory.meta(1_800_000_000, "Größer\n\n--not-an-option\n");
    var commit = repository.writeCommit(CommitBuilder.merge(clean.tree(), base, head, meta));
    new Notes(repository, dev.qudag.merge.RefName.of("refs/notes/qudag"))
        .write(commit, "certificate".getBytes(UTF_8), meta);
    return List.of(
        commit.hex(),
        HexFormat.of().formatHex(new TreeContent(repository).digest(clean.tree())),
        repository.ref(dev.qudag.merge.RefName.of("refs/notes/qudag")).orElseThrow().hex(),
        repository.engine().hex());
  }

  @Test
  void theEngineDigestFollowsVersionConfigurationAndLimits() {
    var limits = dev.qudag.merge.tree.TreeLimits.DEFAULT;
    var one =
        dev.qudag.merge.EngineDigest.of("git version 2.47.3", Map.of("a", "b"), limits, "p", "s");

    assertThat(one)
        .isEqualTo(
            dev.qudag.merge.EngineDigest.of(
                "git version 2.47.3", Map.of("a", "b"), limits, "p", "s"));
    assertThat(one)
        .isNotEqualTo(
            dev.qudag.merge.EngineDigest.of(
                "git version 2.39.5", Map.of("a", "b"), limits, "p", "s"));
    assertThat(one)
        .isNotEqualTo(
            dev.qudag.merge.EngineDigest.of(
                "git version 2.47.3", Map.of("a", "c"), limits, "p", "s"));
    assertThat(one)
        .isNotEqualTo(
            dev.qudag.merge.EngineDigest.of(
                "git version 2.47.3", Map.of("a", "b"), limits, "p", "t"));
    assertThat(one)
        .isNotEqualTo(
            dev.qudag.merge.EngineDigest.of(
                "git version 2.47.3", Map.of("a", "b"), limits, "q", "s"));
  }
}
