package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.crypto.NodeIdentity;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.node.hub.tree.TreeServer;
import dev.qudag.node.hub.tree.TreeTokens;
import io.netty.handler.codec.PrematureChannelClosureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub's side of a check's tree; the script that asks for it runs in HostileAgentE2E. */
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
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void givesTheBearerOfATokenItsTree() throws Exception {
    String token = tokens.issue("chk", tree(Map.of("deep/a.txt", "text of a")));

    TestingHttps.Answer answer = get("Bearer " + token);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("path=deep/a.txt", "text of a");
  }

  @Test
  void givesNothingForAnotherToken() throws Exception {
    var ignored = tokens.issue("chk", tree(Map.of("a", "secret")));

    assertThat(get("Bearer another").status()).isEqualTo(403);
    assertThat(get("Basic another").status()).isEqualTo(403);
  }

  @Test
  void anAnswerThatBreaksOffIsNotTakenForWhole() throws Exception {
    ObjectId lost = repository.writeBlob("lost".getBytes(StandardCharsets.UTF_8));
    String token =
        tokens.issue("chk", tree(Map.of("a-big", "x".repeat(1 << 20), "b-lost", "lost")));
    Files.delete(
        repository
            .directory()
            .resolve("objects/" + lost.hex().substring(0, 2) + "/" + lost.hex().substring(2)));

    assertThatThrownBy(() -> get("Bearer " + token))
        .isInstanceOf(PrematureChannelClosureException.class);
  }

  private TestingHttps.Answer get(String authorization) throws Exception {
    return TestingHttps.get(server.port(), hub.tlsFingerprint(), "/v1/tree", authorization);
  }

  private ObjectId tree(Map<String, String> files) {
    var contents = new TreeMap<String, byte[]>();
    files.forEach((path, text) -> contents.put(path, text.getBytes(StandardCharsets.UTF_8)));
    return repository.writeTree(contents);
  }
}
