package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.crypto.NodeIdentity;
import dev.qudag.crypto.tls.PinnedTls;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.GitRepository;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLParameters;
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

    HttpResponse<byte[]> answer = get("Bearer " + token);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new String(answer.body(), StandardCharsets.ISO_8859_1))
        .contains("path=deep/a.txt", "text of a");
  }

  @Test
  void givesNothingForAnotherToken() throws Exception {
    var ignored = tokens.issue("chk", tree(Map.of("a", "secret")));

    assertThat(get("Bearer another").statusCode()).isEqualTo(403);
    assertThat(get("Basic another").statusCode()).isEqualTo(403);
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

    assertThatThrownBy(() -> get("Bearer " + token)).isInstanceOf(IOException.class);
  }

  private HttpResponse<byte[]> get(String authorization) throws Exception {
    var tls = PinnedTls.context(Optional.empty(), hub.tlsFingerprint()::equals);
    try (var client =
        HttpClient.newBuilder().sslContext(tls).sslParameters(new SSLParameters()).build()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/v1/tree"))
              .header("Authorization", authorization)
              .build(),
          HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private ObjectId tree(Map<String, String> files) {
    var contents = new TreeMap<String, byte[]>();
    files.forEach((path, text) -> contents.put(path, text.getBytes(StandardCharsets.UTF_8)));
    return repository.writeTree(contents);
  }
}
