package dev.qudag.operator.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.operator.agent.lifecycle.Run;
import dev.qudag.operator.agent.lifecycle.Run.Stage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunReaderTest {
  private static final String ENDED =
      "{terminated: {exitCode: %d, finishedAt: '2026-01-01T12:00:00Z'}}";
  private static final String RUNNING = "{running: {}}";
  private static final String WAITING = "{waiting: {reason: PodInitializing}}";

  @Test
  void isActiveWhileItsProgramRuns() {
    Run run = run("", "Running", RUNNING, RUNNING, "");
    assertThat(run.stage()).isInstanceOf(Stage.Active.class);
    assertThat(run.stopped()).isEmpty();
    assertThat(run.held()).isTrue();
    assertThat(run.attempt()).isEqualTo(2);
  }

  @Test
  void hasEndedWellWithExitCodeZero() {
    Run run = run("", "Succeeded", ENDED.formatted(143), ENDED.formatted(0), "");
    assertThat(run.stage())
        .isInstanceOfSatisfying(Stage.Ended.class, end -> assertThat(end.well()).isTrue());
    assertThat(run.stopped()).contains(Instant.parse("2026-01-01T12:00:00Z"));
    assertThat(run.touched()).isTrue();
  }

  @Test
  void isNotStoppedWhileTheSidecarHandsOver() {
    assertThat(run("", "Running", RUNNING, ENDED.formatted(0), "").stopped()).isEmpty();
  }

  @Test
  void hasCrashedWithAnotherExitCode() {
    Run run = run("", "Failed", ENDED.formatted(0), ENDED.formatted(3), "");
    assertThat(run.stage())
        .isInstanceOfSatisfying(
            Stage.Ended.class,
            end -> {
              assertThat(end.well()).isFalse();
              assertThat(end.how()).isEqualTo("exit code 3");
            });
  }

  @Test
  void hasCrashedWhenItRanTooLong() {
    Run run =
        run("", "Failed", ENDED.formatted(0), ENDED.formatted(137), "reason: DeadlineExceeded");
    assertThat(run.stage())
        .isInstanceOfSatisfying(
            Stage.Ended.class, end -> assertThat(end.how()).contains("timeoutSeconds"));
  }

  @Test
  void isLostWhenSomebodyDeletedItsPod() {
    Run run =
        run(
            "deletionTimestamp: '2026-01-01T12:00:00Z'",
            "Running",
            ENDED.formatted(1),
            ENDED.formatted(137),
            "");
    assertThat(run.stage()).isInstanceOf(Stage.Lost.class);
    assertThat(run.stopped()).isPresent();
  }

  @Test
  void isLostWhenItsNodeWasDrained() {
    Run run =
        run(
            "",
            "Failed",
            ENDED.formatted(0),
            ENDED.formatted(137),
            "conditions: [{type: DisruptionTarget, status: 'True'}]");
    assertThat(run.stage()).isInstanceOf(Stage.Lost.class);
  }

  @Test
  void isLostAndStoppedWhenItsNodeIsGoneAndNobodyWritesThatItsContainersEnded() {
    Run run =
        run(
            "deletionTimestamp: '2026-01-01T12:00:00Z'",
            "Failed",
            RUNNING,
            RUNNING,
            "conditions: [{type: DisruptionTarget, status: 'True'}]");
    assertThat(run.stage()).isInstanceOf(Stage.Lost.class);
    assertThat(run.stopped()).contains(Instant.parse("2026-01-01T12:00:00Z"));
    assertThat(run.touched()).isTrue();
  }

  @Test
  void isLostWhenItsTimeWasOverBeforeItBegan() {
    Run run = run("", "Failed", ENDED.formatted(137), WAITING, "reason: DeadlineExceeded");
    assertThat(run.stage()).isInstanceOf(Stage.Lost.class);
    assertThat(run.touched()).isFalse();
  }

  @Test
  void isLostWhenItsWorkspaceCouldNotBeMade() {
    Run run = run("", "Failed", WAITING, WAITING, "");
    assertThat(run.stage()).isInstanceOf(Stage.Lost.class);
    assertThat(run.touched()).isFalse();
    assertThat(run.stopped()).contains(Instant.EPOCH);
  }

  @Test
  void saysWhyItWaits() {
    Run run =
        run(
            "",
            "Pending",
            RUNNING,
            "{waiting: {reason: ImagePullBackOff, message: no such image}}",
            "");
    assertThat(run.stage())
        .isInstanceOfSatisfying(
            Stage.Waiting.class,
            waiting ->
                assertThat(waiting.reason())
                    .hasValueSatisfying(
                        why -> assertThat(why.reason()).isEqualTo("ImagePullFailed")));
  }

  /** What an agent's container needs to have run. */
  private static String install(String agent) {
    return agent.equals(WAITING) ? WAITING : ENDED.formatted(0);
  }

  private static Run run(String meta, String phase, String sidecar, String agent, String status) {
    return RunReader.read(
        Serialization.unmarshal(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: writer-2
              uid: uid-2
              labels: {qudag.dev/attempt: "2"}
              finalizers: [qudag.dev/handover]
              %s
            status:
              phase: %s
              %s
              initContainerStatuses: [{name: workspace, state: %s}, {name: install, state: %s}]
              containerStatuses: [{name: agent, image: a, state: %s}]
            """
                .formatted(meta, phase, status, sidecar, install(agent), agent),
            Pod.class));
  }
}
