package dev.qudag.node.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.node.workspace.HubGateway.Outcome;
import dev.qudag.node.workspace.HubGateway.Receipt;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent's shell client and its HTTP, against the sidecar's real parts. */
class DeskIT {

  @TempDir Path folder;
  private TestingHub hub;
  private TestingWorkspace workspace;

  @BeforeEach
  void start() throws IOException {
    hub = new TestingHub(folder, Map.of("README.md", "hello\n"));
    workspace = new TestingWorkspace(folder, hub, false, List.of(".env*"));
  }

  @AfterEach
  void stop() {
    workspace.close();
  }

  @Test
  void proposesTheFilesAsTheyAre() {
    var propose = workspace.agent("echo more >> README.md; qudag propose -m 'Say \"more\"'");

    assertThat(propose.orThrow().text()).startsWith("proposed as mp-");
    assertThat(hub.last().title()).isEqualTo("Say \"more\"");
    assertThat(hub.file(hub.last().commit(), "README.md")).isEqualTo("hello\nmore");
    assertThat(hub.git.ask("log", "-1", "--format=%s by %an", hub.last().commit()))
        .isEqualTo("Say \"more\" by agent-0");
  }

  /** A look takes a dozen processes, beside those that bring the proposal to the branch. */
  @Test
  void aProposalIsNotFollowedByAnotherLookAtTheFiles() {
    workspace.beat.start();
    await().until(() -> hub.heartbeats.size() == 1);
    workspace.agent("echo more >> README.md; qudag propose").orThrow();
    await()
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(5))
        .until(() -> hub.heartbeats.size() == 1);
  }

  @Test
  void waitingExitsByTheOutcome() throws IOException {
    workspace.write("x", "x\n");
    String commit = workspace.bench.look("the task").commit();
    String proposal = "mp-" + commit.substring(0, 20);

    hub.outcomes.put(proposal, new Outcome.Merged("f".repeat(40)));
    var merged = workspace.agent("qudag propose --wait");
    hub.outcomes.put(
        proposal, new Outcome.Ended("CheckFailed", "tests failed", "{\"log\": \"FAIL x\"}"));
    workspace.agent("qudag propose --wait; true");
    workspace.write("y", "y\n");
    String next = "mp-" + workspace.bench.look("the task").commit().substring(0, 20);
    hub.outcomes.put(next, hub.outcomes.get(proposal));
    var refused = workspace.agent("qudag propose --wait");

    assertThat(merged.orThrow().text()).startsWith("merged as ffff");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("refused: CheckFailed: tests failed").contains("FAIL x");
  }

  @Test
  void aRefusalOfTheHubIsExitCodeOneWithItsReason() {
    hub.refusal = Optional.of(new Receipt.Refused("TooLarge", "the bundle has too many bytes"));

    var propose = workspace.agent("echo x > x; qudag propose");

    assertThat(propose.code()).isEqualTo(1);
    assertThat(propose.err()).contains("refused: TooLarge: the bundle has too many bytes");
  }

  @Test
  void nothingToProposeIsRefused() {
    var propose = workspace.agent("qudag propose");

    assertThat(propose.code()).isEqualTo(1);
    assertThat(propose.err()).contains("NothingToPropose");
  }

  @Test
  void anAbsentHubIsExitCodeThree() {
    hub.away = true;

    var propose = workspace.agent("echo x > x; qudag propose");

    assertThat(propose.code()).isEqualTo(3);
    assertThat(propose.err()).contains("try again");
  }

  @Test
  void filesThatAreNotTakenAreNamed() {
    var propose =
        workspace.agent(
            """
            echo ok > ok.txt
            echo secret > .env.local
            head -c 200000 /dev/zero > big.bin
            echo '*.log' > .gitignore
            echo noise > noise.log
            git init -q nested
            echo n > nested/n
            qudag propose
            """);

    assertThat(propose.orThrow().text())
        .contains("not taken")
        .contains(".env.local", "big.bin", "nested/")
        .doesNotContain("noise.log");
    assertThat(hub.git.ask("ls-tree", "-r", "--name-only", hub.last().commit()).lines())
        .containsExactlyInAnyOrder(".gitignore", "README.md", "ok.txt");
  }

  @Test
  void statusTellsWhereTheWorkspaceStands() {
    workspace.agent("echo x > x; qudag propose");
    var status = workspace.agent("qudag status");

    assertThat(status.orThrow().text())
        .contains("ahead         1")
        .contains("behind        0")
        .contains("state         OPEN");
    assertThat(workspace.agent("qudag log").orThrow().text().lines()).isNotEmpty();
  }

  @Test
  void wrongUsageIsExitCodeTwo() {
    assertThat(workspace.agent("qudag prpose").code()).isEqualTo(2);
    assertThat(workspace.agent("qudag propose --now").code()).isEqualTo(2);
    assertThat(workspace.agent("qudag propose -m").code()).isEqualTo(2);
    assertThat(workspace.agent("qudag help").orThrow().text()).contains("Usage: qudag");
  }

  @Test
  void programsUseHttp() throws Exception {
    workspace.write("x", "x\n");
    try (var client = HttpClient.newHttpClient()) {
      var propose = send(client, "POST", "/v1/propose?title=By%20HTTP");
      var status = send(client, "GET", "/v1/status");
      var wrong = send(client, "GET", "/v1/propose");
      var unknown = send(client, "GET", "/v1/secrets");

      assertThat(propose.statusCode()).isEqualTo(200);
      assertThat(propose.body()).contains("\"proposal\":\"mp-");
      assertThat(status.body()).contains("\"ahead\":1");
      assertThat(wrong.statusCode()).isEqualTo(405);
      assertThat(unknown.statusCode()).isEqualTo(404);
    }
    assertThat(hub.last().title()).isEqualTo("By HTTP");
  }

  private HttpResponse<String> send(HttpClient client, String method, String path)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(workspace.url() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
