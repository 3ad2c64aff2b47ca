package dev.qudag.operator.agent.lifecycle;

import dev.qudag.api.v1alpha1.AgentReason;
import dev.qudag.api.v1alpha1.AgentSpec;
import dev.qudag.api.v1alpha1.AgentStatus;
import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.operator.status.Conditions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that a pass looks at.
 *
 * @param before status as it stands; {@link #NO_STATUS} if there is none
 * @param paused whether the agent is suspended or carries {@code qudag.dev/paused}
 * @param swarm the Swarm, unless it is missing or going
 * @param workspace the Workspace that it works in, if it is there
 * @param rival another Agent that holds the same Workspace
 * @param runs its pods
 * @param feedback what it was given, in the order of attempts
 * @param proposals those of its Workspace
 * @param hub what the hub says about its Workspace; empty until the hub was heard
 * @param handover the pod that finishes a handover, if there is one
 */
public record AgentObservation(
    String name,
    AgentSpec spec,
    AgentStatus before,
    boolean paused,
    Optional<SwarmView> swarm,
    Optional<WorkspaceView> workspace,
    Optional<String> rival,
    List<Run> runs,
    List<Feedback> feedback,
    List<Proposed> proposals,
    Optional<HubView> hub,
    Optional<HandoverPod> handover,
    Instant now) {

  public static final AgentStatus NO_STATUS =
      new AgentStatus(null, List.of(), null, null, null, null, null);

  /** Reasons of a stall that is over when a person does what the message says. */
  private static final Set<String> MENDABLE =
      Set.of(
          AgentReason.SwarmMissing.name(),
          AgentReason.WorkspaceMissing.name(),
          AgentReason.SecretNotAllowed.name());

  /**
   * @param suspended whether it starts no agents
   * @param agentSecrets the Secrets that agents may refer to
   */
  public record SwarmView(boolean suspended, Set<String> agentSecrets) {}

  /**
   * @param sameSwarm whether it belongs to the agent's Swarm
   * @param stalled why nothing can work in it until a person helps
   */
  public record WorkspaceView(
      String name, String uid, boolean sameSwarm, Optional<Stall> stalled) {}

  /** A reason of a Workspace, and its message. */
  public record Stall(String reason, String message) {}

  /**
   * @param acknowledgedPod UID of the pod whose last snapshot the hub has
   * @param candidate a commit that nobody proposed, with the name that its proposal must have
   */
  public record HubView(String acknowledgedPod, Optional<CandidateView> candidate) {}

  /** A commit that the hub holds and nobody proposed. */
  public record CandidateView(String commit, String proposal) {}

  /**
   * @param forPod UID of the pod whose handover it finishes
   */
  public record HandoverPod(String forPod, boolean succeeded, boolean failed, boolean deleting) {}

  Optional<Run> latestRun() {
    return runs.stream().max(Comparator.comparingInt(Run::attempt));
  }

  Optional<Feedback> latestFeedback() {
    return feedback.stream().max(Comparator.comparingInt(Feedback::attempt));
  }

  /** The newest proposal decides: what a workspace proposes builds on what it proposed before. */
  Optional<Proposed> newestProposal() {
    return proposals.stream()
        .max(Comparator.comparingLong(Proposed::acceptedAtMillis).thenComparing(Proposed::name));
  }

  /** Whether the agent was given feedback about a proposal. */
  boolean wasAnswered(Proposed proposal) {
    return feedback.stream().anyMatch(given -> given.proposal().equals(proposal.name()));
  }

  /** The number of the last attempt, also when its pod is gone. */
  public int lastAttempt() {
    int inStatus = before.attempt() == null ? 0 : before.attempt();
    return Math.max(inStatus, latestRun().map(Run::attempt).orElse(0));
  }

  /** The first attempt of the current revision. */
  int firstAttemptOfRevision() {
    return latestFeedback().map(Feedback::attempt).orElse(1);
  }

  /** Whether status says that the agent had come to rest. */
  boolean hadRested() {
    return hadReason(Set.of(AgentReason.Idle.name(), AgentReason.Terminated.name()));
  }

  /** Whether status says that it had ended, and not for want of something that may come again. */
  boolean hadEndedForGood() {
    return Conditions.isTrue(before.conditions(), Condition.STALLED) && !hadReason(MENDABLE);
  }

  private boolean hadReason(Set<String> reasons) {
    return Conditions.find(before.conditions(), Condition.READY)
        .filter(ready -> reasons.contains(ready.reason()))
        .isPresent();
  }

  /** Runs of the current revision that count as crashes. */
  List<Run> crashes() {
    return runs.stream()
        .filter(run -> run.attempt() >= firstAttemptOfRevision())
        .filter(run -> run.stage() instanceof Run.Stage.Ended ended && !ended.well())
        .sorted(Comparator.comparingInt(Run::attempt))
        .toList();
  }
}
