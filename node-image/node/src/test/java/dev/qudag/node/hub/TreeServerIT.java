package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.node.workspace.vcs.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub's side and the script of a check's init container, with a real curl and a real tar. */
class TreeServerIT {
  private final NodeIdentity hub = NodeIdentity.generate();
  @TempDir Path folder;
  private GitRepository repository;
  private TreeTokens tokens;
  private TreeServer server;

  @BeforeEach
  void start() throws IOException {
    repository = GitRepository.openOrInit(folder.resolve("repository.git"), RefName.branch("main"));
    tokens = TreeTokens.open(folder.resolve("tree-tokens.json"));
    server = TreeServer.start(hub.tls(), 0, repository, tokens);
    Files.createDirectories(target().resolve("left/by"));
    Files.writeString(target().resolve("left/by/an-earlier-run"), "old");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void bringsTheTreeAndNothingElse() throws IOException {
    String text = blob("text\n");
    ObjectId tree =
        tree(
            "100644 " + text + "\tdeep/plain.txt",
            "100755 " + text + "\t-run.sh",
            "100644 " + text + "\ttwo\nlines",
            "100644 " + blob("deep/** export-ignore\n") + "\t.gitattributes",
            "120000 " + blob("deep/plain.txt") + "\tlink");

    Command.Output fetched = fetch(tokens.issue("chk", tree), hub.tlsFingerprint());

    assertThat(fetched.succeeded()).as(fetched.err()).isTrue();
    assertThat(fetched.text()).contains("5 files in");
    try (var names = Files.list(target())) {
      assertThat(names.map(name -> name.getFileName().toString()))
          .containsExactlyInAnyOrder("deep", "-run.sh", "two\nlines", ".gitattributes", "link");
    }
    assertThat(target().resolve("deep/plain.txt")).hasContent("text\n").isRegularFile();
    assertThat(Files.isExecutable(target().resolve("-run.sh"))).isTrue();
    assertThat(Files.isExecutable(target().resolve("deep/plain.txt"))).isFalse();
    assertThat(Files.readSymbolicLink(target().resolve("link"))).hasToString("deep/plain.txt");
  }

  @Test
  void givesNothingForAnotherToken() throws IOException {
    var ignored = tokens.issue("chk", tree("100644 " + blob("secret") + "\ta"));

    Command.Output refused = fetch("another", hub.tlsFingerprint());

    assertThat(refused.succeeded()).isFalse();
    assertThat(refused.err()).contains("403");
    assertThat(target()).isEmptyDirectory();
  }

  @Test
  void showsItsTokenToNoOtherKey() throws IOException {
    ObjectId tree = tree("100644 " + blob("a") + "\ta");

    Command.Output refused =
        fetch(tokens.issue("chk", tree), NodeIdentity.generate().tlsFingerprint());

    assertThat(refused.succeeded()).isFalse();
    assertThat(refused.err()).contains("public key does not match pinned public key");
    assertThat(target()).isEmptyDirectory();
  }

  @Test
  void failsWhenTheAnswerBreaksOff() throws IOException {
    String lost = blob("lost");
    ObjectId tree =
        tree("100644 " + blob("x".repeat(1 << 20)) + "\tbig", "100644 " + lost + "\tlost");
    Files.delete(
        repository
            .directory()
            .resolve("objects/" + lost.substring(0, 2) + "/" + lost.substring(2)));

    Command.Output broken = fetch(tokens.issue("chk", tree), hub.tlsFingerprint());

    assertThat(broken.succeeded()).isFalse();
  }

  private Command.Output fetch(String token, Digest fingerprint) {
    var environment =
        Map.of(
            "PATH", System.getenv("PATH"),
            "QUDAG_HUB_TREES", "localhost:" + server.port(),
            "QUDAG_HUB_TLS_FINGERPRINT", fingerprint.hex(),
            "QUDAG_TREE_TOKEN", token,
            "QUDAG_TREE_DIR", target().toString());
    String script = Path.of("src/main/dist/bin/fetch-tree").toAbsolutePath().toString();
    return new Command(List.of(script), folder, environment, Duration.ofMinutes(1)).run();
  }

  private Path target() {
    return folder.resolve("workspace");
  }

  private String blob(String content) {
    return repository.writeBlob(content.getBytes(StandardCharsets.UTF_8)).hex();
  }

  /** By an index of its own, so that modes and names are git's. */
  private ObjectId tree(String... entries) throws IOException {
    Path list = Files.writeString(folder.resolve("entries"), String.join("\0", entries) + "\0");
    var environment =
        Map.of(
            "PATH", System.getenv("PATH"),
            "GIT_DIR", repository.directory().toString(),
            "GIT_INDEX_FILE", folder.resolve("index").toString());
    String script = "git update-index -z --index-info < " + list + " && git write-tree";
    var made =
        new Command(List.of("sh", "-ec", script), folder, environment, Duration.ofMinutes(1)).run();
    assertThat(made.succeeded()).as(made.err()).isTrue();
    return ObjectId.of(made.text().strip());
  }
}
