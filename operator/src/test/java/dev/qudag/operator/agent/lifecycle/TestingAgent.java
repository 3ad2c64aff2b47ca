package dev.qudag.operator.agent.lifecycle;

import dev.qudag.api.v1alpha1.AgentSpec;
import dev.qudag.api.v1alpha1.AgentSpec.ProposeOn;
import dev.qudag.api.v1alpha1.AgentSpec.WorkspaceChoice;
import dev.qudag.api.v1alpha1.AgentStatus;
import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.EnvVar;
import dev.qudag.api.v1alpha1.LocalRef;
import dev.qudag.api.v1alpha1.SecretKeyRef;
import dev.qudag.api.v1alpha1.Vcs;
import dev.qudag.operator.agent.lifecycle.AgentObservation.CandidateView;
import dev.qudag.operator.agent.lifecycle.AgentObservation.HandoverPod;
import dev.qudag.operator.agent.lifecycle.AgentObservation.HubView;
import dev.qudag.operator.agent.lifecycle.AgentObservation.Stall;
import dev.qudag.operator.agent.lifecycle.AgentObservation.SwarmView;
import dev.qudag.operator.agent.lifecycle.AgentObservation.WorkspaceView;
import dev.qudag.operator.agent.lifecycle.Proposed.Outcome;
import dev.qudag.operator.agent.lifecycle.Run.Stage;
import dev.qudag.operator.status.PodReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An agent {@code writer} of Swarm {@code demo} in a world that a test describes step by step. */
final class TestingAgent {
  static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private Optional<SwarmView> swarm = Optional.of(new SwarmView(false, Set.of("allowed")));
  private Optional<WorkspaceView> workspace =
      Optional.of(new WorkspaceView("writer", "w-uid", true, Optional.empty()));
  private Optional<String> rival = Optional.empty();
  private Optional<HubView> hub = Optional.of(new HubView("", Optional.empty()));
  private Optional<HandoverPod> handover = Optional.empty();
  private final List<Run> runs = new ArrayList<>();
  private final List<Feedback> feedback = new ArrayList<>();
  private final List<Proposed> proposals = new ArrayList<>();
  private final List<EnvVar> env = new ArrayList<>();
  private AgentStatus before = AgentObservation.NO_STATUS;
  private ProposeOn proposeOn = ProposeOn.Push;
  private boolean paused;

  TestingAgent withoutSwarm() {
    swarm = Optional.empty();
    return this;
  }

  TestingAgent ofSuspendedSwarm() {
    swarm = Optional.of(new SwarmView(true, Set.of()));
    return this;
  }

  TestingAgent withoutWorkspace() {
    workspace = Optional.empty();
    return this;
  }

  TestingAgent withStalledWorkspace(String reason) {
    var stall = new Stall(reason, "delete the volume");
    workspace = Optional.of(new WorkspaceView("writer", "w-uid", true, Optional.of(stall)));
    return this;
  }

  TestingAgent besides(String other) {
    rival = Optional.of(other);
    return this;
  }

  TestingAgent withoutHub() {
    hub = Optional.empty();
    return this;
  }

  TestingAgent paused() {
    paused = true;
    return this;
  }

  TestingAgent refersTo(String secret) {
    env.add(new EnvVar("KEY", null, new SecretKeyRef(secret, "token")));
    return this;
  }

  TestingAgent proposingOnExit() {
    proposeOn = ProposeOn.ExitZero;
    return this;
  }

  TestingAgent leftCandidate(String proposal) {
    hub = Optional.of(new HubView("", Optional.of(new CandidateView("c0ffee", proposal))));
    return this;
  }

  TestingAgent acknowledged(int attempt) {
    hub = Optional.of(new HubView(uid(attempt), Optional.empty()));
    return this;
  }

  TestingAgent handedOverBy(int attempt, boolean succeeded, boolean failed) {
    handover = Optional.of(new HandoverPod(uid(attempt), succeeded, failed, false));
    return this;
  }

  TestingAgent waiting(int attempt, String reason) {
    Stage stage = new Stage.Waiting(Optional.of(new PodReason(reason, "why")));
    return run(
        new Run(attempt, name(attempt), uid(attempt), stage, Optional.empty(), true, false, false));
  }

  TestingAgent active(int attempt) {
    return run(
        new Run(
            attempt,
            name(attempt),
            uid(attempt),
            new Stage.Active(),
            Optional.empty(),
            true,
            false,
            true));
  }

  /** A run that is over: nothing holds its pod any more. */
  TestingAgent ended(int attempt, int exitCode) {
    return run(
        new Run(
            attempt,
            name(attempt),
            uid(attempt),
            end(exitCode),
            Optional.of(NOW.minusSeconds(60)),
            false,
            false,
            true));
  }

  /** A run that ended so long ago, and whose pod waits for the handover. */
  TestingAgent held(int attempt, Duration ago) {
    return run(
        new Run(
            attempt,
            name(attempt),
            uid(attempt),
            end(0),
            Optional.of(NOW.minus(ago)),
            true,
            false,
            true));
  }

  /** A run whose sidecar never started. */
  TestingAgent stillborn(int attempt) {
    Stage stage = new Stage.Lost("never started");
    return run(
        new Run(
            attempt,
            name(attempt),
            uid(attempt),
            stage,
            Optional.of(NOW.minusSeconds(1)),
            true,
            false,
            false));
  }

  TestingAgent lost(int attempt, Duration ago) {
    return run(
        new Run(
            attempt,
            name(attempt),
            uid(attempt),
            new Stage.Lost("lost"),
            Optional.of(NOW.minus(ago)),
            false,
            false,
            true));
  }

  TestingAgent givenFeedback(int attempt, String proposal) {
    feedback.add(new Feedback(attempt, proposal));
    return this;
  }

  TestingAgent proposed(String name, Outcome outcome, String reason) {
    proposals.add(
        new Proposed(
            name, proposals.size(), outcome, reason, "message of " + name, Proposed.Evidence.NONE));
    return this;
  }

  /** What status said after a number of attempts, whose pods may be gone. */
  TestingAgent had(int attempts, String reason, boolean stalled) {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(
        condition(
            Condition.READY, stalled ? Condition.Status.False : Condition.Status.True, reason));
    if (stalled) {
      conditions.add(condition(Condition.STALLED, Condition.Status.True, reason));
    }
    before = new AgentStatus(1L, conditions, "writer", null, attempts, 0, null);
    return this;
  }

  AgentPlan plan() {
    return AgentLifeCycle.plan(observation());
  }

  AgentObservation observation() {
    return new AgentObservation(
        "writer", spec(), before, paused, swarm, workspace, rival, runs, feedback, proposals, hub,
        handover, NOW);
  }

  private AgentSpec spec() {
    return new AgentSpec(
        new LocalRef("demo"),
        null,
        "image",
        List.of("agent"),
        List.of(),
        env,
        null,
        null,
        null,
        new WorkspaceChoice(null, null, Vcs.Jujutsu),
        proposeOn,
        3,
        1,
        60,
        false,
        null);
  }

  private TestingAgent run(Run run) {
    runs.add(run);
    return this;
  }

  private static Stage end(int exitCode) {
    return new Stage.Ended(exitCode == 0, "exit code " + exitCode, Optional.empty());
  }

  private static Condition condition(String type, Condition.Status status, String reason) {
    return new Condition(type, status, reason, "as before", NOW.toString(), 1L);
  }

  private static String name(int attempt) {
    return "writer-" + attempt;
  }

  static String uid(int attempt) {
    return "uid-" + attempt;
  }
}
