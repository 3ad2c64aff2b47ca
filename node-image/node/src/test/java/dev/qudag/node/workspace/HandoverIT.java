package dev.qudag.node.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.node.workspace.HubGateway.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of an agent: its files reach the hub as a candidate, and its pod may go. */
class HandoverIT {

  @TempDir Path folder;
  private TestingHub hub;
  private TestingWorkspace workspace;

  private void start(boolean jujutsu) throws IOException {
    hub = new TestingHub(folder, Map.of("README.md", "hello\n"));
    workspace = new TestingWorkspace(folder, hub, jujutsu, List.of());
  }

  @AfterEach
  void stop() {
    workspace.close();
  }

  @ParameterizedTest(name = "jujutsu={0}")
  @ValueSource(booleans = {false, true})
  void whatWasNotPushedIsACandidate(boolean jujutsu) throws IOException {
    start(jujutsu);
    workspace
        .agent("mkdir src; echo x > src/x; git add .; git commit -qm 'never pushed'")
        .orThrow();

    handOver();

    assertThat(hub.last().candidate()).isTrue();
    assertThat(hub.last().podUid()).isEqualTo("pod-1");
    assertThat(hub.last().title()).isEqualTo("the task");
    assertThat(hub.file(hub.last().commit(), "src/x")).isEqualTo("x");
  }

  @ParameterizedTest(name = "jujutsu={0}")
  @ValueSource(booleans = {false, true})
  void whatAKilledGitLeftLockedHoldsBackNothing(boolean jujutsu) throws IOException {
    start(jujutsu);
    workspace.write("x", "x\n");
    Files.createFile(workspace.layout.repository().directory().resolve("index.lock"));
    Files.createFile(workspace.layout.inbox().directory().resolve("config.lock"));

    assertThat(workspace.layout.inbox().dropStaleLocks()).isEqualTo(1);
    handOver();

    assertThat(hub.file(hub.last().commit(), "x")).isEqualTo("x");
  }

  @Test
  void whatWasPushedIsTheCandidateItself() throws IOException {
    start(false);
    workspace.agent("echo x > x; git add x; git commit -qm x; git push -q origin HEAD").orThrow();
    String pushed = hub.last().commit();

    handOver();

    assertThat(hub.last().commit()).isEqualTo(pushed);
    assertThat(hub.last().candidate()).isTrue();
  }

  @Test
  void anUntouchedWorkspaceStillLetsItsPodGo() throws IOException {
    start(false);

    handOver();

    assertThat(hub.last().commit()).isEqualTo(hub.head());
    assertThat(hub.last().bundle()).isEmpty();
    assertThat(hub.last().podUid()).isEqualTo("pod-1");
  }

  @Test
  void whatTheHubDoesNotKeepDoesNotHoldThePod() throws IOException {
    start(false);
    workspace.write("x", "x\n");
    hub.refusal = Optional.of(new Receipt.Refused("TooLarge", "too many bytes"));

    handOver();

    assertThat(hub.last().commit()).isEqualTo(hub.head());
    assertThat(hub.last().podUid()).isEqualTo("pod-1");
  }

  @Test
  void anAbsentHubLeavesTheHandoverToAnotherPod() throws IOException {
    start(false);
    hub.away = true;

    assertThatThrownBy(this::handOver).isInstanceOf(HubUnavailableException.class);
  }

  /** A call that outlives the pod's grace would be killed half-way. */
  @ParameterizedTest(name = "refused={0}")
  @ValueSource(booleans = {false, true})
  void noCallToTheHubOutlivesThePatience(boolean refused) throws IOException {
    start(false);
    workspace.write("x", "x\n");
    if (refused) {
      hub.refusal = Optional.of(new Receipt.Refused("TooLarge", "too many bytes"));
    }
    var patience = Duration.ofSeconds(25);

    new Handover(workspace.bench, hub, "the task", InstantSource.system()).run("pod-1", patience);

    assertThat(hub.limits)
        .hasSize(refused ? 2 : 1)
        .allSatisfy(limit -> assertThat(limit).isPositive().isLessThanOrEqualTo(patience));
  }

  private void handOver() {
    new Handover(workspace.bench, hub, "the task", InstantSource.system())
        .run("pod-1", Duration.ZERO);
  }
}
