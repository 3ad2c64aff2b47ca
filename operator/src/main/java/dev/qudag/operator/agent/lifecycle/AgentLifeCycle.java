package dev.qudag.operator.agent.lifecycle;

import dev.qudag.api.v1alpha1.AgentReason;
import dev.qudag.api.v1alpha1.AgentSpec.ProposeOn;
import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.Condition.Status;
import dev.qudag.operator.agent.lifecycle.AgentPlan.Verdict;
import dev.qudag.operator.agent.lifecycle.Run.Stage;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.status.PodReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what an agent does next. Pure: the same observation gives the same plan.
 *
 * <pre>
 * Pending ──▶ Spawning ──▶ Active ──▶ HandingOver ──┬─ exit 0, proposal open ──▶ Idle ──┬─ merged ──▶ Terminated
 *    ▲                                              │                                   │
 *    ├──────────── crash, attempts left ────────────┤            refused, revisions left│
 *    └──────────────────────────────────────────────┼───────────────────────────────────┘
 *                                                   └─ nothing left to try ──▶ Failed, or the refusal's reason
 * </pre>
 *
 * <p>Nothing is counted in memory: attempts are the numbers of pods, revisions are the feedback
 * that was written down. Runs that are lost are bounded by {@link LossRules}.
 */
public final class AgentLifeCycle {
  private static final Duration SOON = Duration.ofSeconds(2);

  private AgentLifeCycle() {}

  public static AgentPlan plan(AgentObservation seen) {
    if (seen.swarm().isEmpty()) {
      return abandon(seen);
    }
    Optional<Run> unfinished = seen.runs().stream().filter(run -> !run.isOver()).findFirst();
    return unfinished.isPresent() ? during(seen, unfinished.get()) : between(seen);
  }

  /** Without its Swarm there is no hub that could take anything over. */
  private static AgentPlan abandon(AgentObservation seen) {
    List<Step> steps = new ArrayList<>();
    for (Run run : seen.runs()) {
      if (run.held()) {
        steps.add(new Step.Release(run));
      }
      steps.add(new Step.Drop(run));
    }
    if (seen.handover().isPresent()) {
      steps.add(new Step.DropHandover());
    }
    steps.add(new Step.Forget());
    String message = "Swarm %s is not there: create it, or delete the Agent".formatted(swarm(seen));
    return AgentPlan.of(steps, Verdict.stalled(AgentReason.SwarmMissing.name(), message));
  }

  private static AgentPlan during(AgentObservation seen, Run run) {
    List<Step> steps = new ArrayList<>(HandoverRules.settle(seen));
    if (seen.paused() && run.stopped().isEmpty() && !run.deleting()) {
      steps.add(new Step.Stop(run));
    }
    AgentPlan plan = AgentPlan.of(steps, during(run));
    return run.stopped().isPresent() ? plan.lookAgainIn(SOON) : plan;
  }

  private static Verdict during(Run run) {
    Verdict handingOver =
        Verdict.underway(
            AgentReason.HandingOver, "Pod %s ends; the hub gets what it left".formatted(run.pod()));
    return run.deleting() || run.stopped().isPresent()
        ? handingOver
        : switch (run.stage()) {
          case Stage.Active active ->
              Verdict.ready(
                  AgentReason.Active,
                  "Attempt %d runs in pod %s".formatted(run.attempt(), run.pod()));
          case Stage.Waiting waiting ->
              waiting
                  .reason()
                  .map(AgentLifeCycle::lifted)
                  .orElse(
                      Verdict.underway(
                          AgentReason.Spawning,
                          "Pod %s clones its workspace and starts".formatted(run.pod())));
          case Stage.Ended ended -> handingOver;
          case Stage.Lost lost -> handingOver;
        };
  }

  private static Verdict lifted(PodReason reason) {
    return new Verdict(Status.False, reason.reason(), reason.message(), false);
  }

  private static AgentPlan between(AgentObservation seen) {
    List<Step> steps = HandoverRules.settle(seen);
    AgentPlan next = next(seen);
    List<Step> all = new ArrayList<>(steps);
    all.addAll(next.steps());
    return new AgentPlan(List.copyOf(all), next.verdict(), next.comeBack());
  }

  private static AgentPlan next(AgentObservation seen) {
    if (seen.hub().isEmpty() && seen.lastAttempt() > 0) {
      return AgentPlan.of(List.of(), unchanged(seen));
    }
    Optional<Proposed> refused =
        seen.newestProposal()
            .filter(proposal -> proposal.outcome() == Proposed.Outcome.REFUSED)
            .filter(proposal -> !seen.wasAnswered(proposal));
    if (refused.isPresent()) {
      return revise(seen, refused.get());
    }
    if (seen.lastAttempt() < seen.firstAttemptOfRevision()) {
      return start(seen, seen.firstAttemptOfRevision());
    }
    Optional<Run> latest = seen.latestRun();
    return latest.isPresent() ? after(seen, latest.get()) : afterVanished(seen);
  }

  private static AgentPlan revise(AgentObservation seen, Proposed refused) {
    if (seen.feedback().size() >= seen.spec().maxRevisions()) {
      return AgentPlan.of(
          List.of(),
          refusedForGood(refused, "after %d revisions".formatted(seen.feedback().size())));
    }
    AgentPlan start = start(seen, seen.lastAttempt() + 1);
    return start.steps().stream().anyMatch(Step.Start.class::isInstance)
        ? withFeedback(seen, refused, start)
        : start;
  }

  /** The feedback is written down first: it is what says that this revision was begun. */
  private static AgentPlan withFeedback(AgentObservation seen, Proposed refused, AgentPlan start) {
    var feedback = new Feedback(seen.lastAttempt() + 1, refused.name());
    List<Step> steps = new ArrayList<>();
    for (Step step : start.steps()) {
      if (step instanceof Step.Start(int attempt, Optional<Feedback> given)) {
        steps.add(new Step.GiveFeedback(feedback, refused));
        steps.add(new Step.Start(attempt, Optional.of(feedback)));
      } else {
        steps.add(step);
      }
    }
    return AgentPlan.of(steps, start.verdict());
  }

  private static AgentPlan after(AgentObservation seen, Run latest) {
    return switch (latest.stage()) {
      case Stage.Ended(boolean well, String how, Optional<PodReason> reason) ->
          well ? rest(seen) : afterCrash(seen, latest, how, reason);
      case Stage.Lost(String why) -> afterLoss(seen, latest, why);
      case Stage.Active active ->
          throw new IllegalStateException("run " + latest + " is over and active");
      case Stage.Waiting waiting ->
          throw new IllegalStateException("run " + latest + " is over and waiting");
    };
  }

  private static AgentPlan afterCrash(
      AgentObservation seen, Run latest, String how, Optional<PodReason> reason) {
    int crashes = seen.crashes().size();
    if (crashes < seen.spec().maxAttempts()) {
      return start(seen, seen.lastAttempt() + 1);
    }
    String log = "see kubectl logs %s -c agent".formatted(latest.pod());
    String message =
        reason
            .map(PodReason::message)
            .orElse(
                "Attempt %d of %d ended with %s: %s"
                    .formatted(crashes, seen.spec().maxAttempts(), how, log));
    return AgentPlan.of(
        List.of(),
        Verdict.stalled(reason.map(PodReason::reason).orElse(AgentReason.Failed.name()), message));
  }

  private static AgentPlan afterLoss(AgentObservation seen, Run latest, String why) {
    Optional<Verdict> tooMany = LossRules.tooMany(seen, why);
    if (tooMany.isPresent()) {
      return AgentPlan.of(List.of(), tooMany.get());
    }
    Instant due = latest.stopped().orElse(Instant.EPOCH).plus(LossRules.pause(seen));
    if (!latest.deleting() && seen.now().isBefore(due)) {
      String message =
          why
              + "; it is started again: see kubectl logs %s --all-containers"
                  .formatted(latest.pod());
      return AgentPlan.of(List.of(), Verdict.underway(AgentReason.Pending, message))
          .lookAgainIn(Duration.between(seen.now(), due));
    }
    AgentPlan start = start(seen, seen.lastAttempt() + 1);
    List<Step> steps = new ArrayList<>(start.steps());
    steps.add(new Step.Drop(latest));
    return new AgentPlan(List.copyOf(steps), start.verdict(), start.comeBack());
  }

  /** No pod is left: it was lost, unless status says that the agent had come to rest. */
  private static AgentPlan afterVanished(AgentObservation seen) {
    if (seen.hadRested()) {
      return rest(seen);
    }
    if (seen.hadEndedForGood()) {
      return AgentPlan.of(List.of(), unchanged(seen));
    }
    return LossRules.tooMany(seen, "its pod was removed")
        .map(end -> AgentPlan.of(List.of(), end))
        .orElseGet(() -> start(seen, seen.lastAttempt() + 1));
  }

  /** The program ended well: what it proposed decides. */
  private static AgentPlan rest(AgentObservation seen) {
    Optional<AgentObservation.CandidateView> candidate =
        seen.hub().flatMap(AgentObservation.HubView::candidate);
    if (candidate.isPresent() && seen.spec().proposeOn() == ProposeOn.ExitZero) {
      Verdict verdict =
          Verdict.ready(
              AgentReason.Idle, "What it left is proposed as " + candidate.get().proposal());
      return AgentPlan.of(List.of(new Step.Propose(candidate.get())), verdict).lookAgainIn(SOON);
    }
    return AgentPlan.of(
        List.of(),
        seen.newestProposal().map(AgentLifeCycle::resting).orElseGet(() -> done(candidate)));
  }

  private static Verdict resting(Proposed newest) {
    return switch (newest.outcome()) {
      case OPEN ->
          Verdict.ready(
              AgentReason.Idle, "MergeProposal %s is on its way".formatted(newest.name()));
      case MERGED ->
          Verdict.ready(
              AgentReason.Terminated, "MergeProposal %s is merged".formatted(newest.name()));
      case REFUSED -> refusedForGood(newest, "and the agent ended without another proposal");
      case ENDED ->
          newest.reason().equals("Rejected")
              ? refusedForGood(newest, "by the validators")
              : Verdict.ready(
                  AgentReason.Terminated,
                  "MergeProposal %s is %s".formatted(newest.name(), newest.reason()));
    };
  }

  private static Verdict done(Optional<AgentObservation.CandidateView> candidate) {
    String message =
        candidate
            .map(
                left ->
                    "It ended without a proposal; apply a MergeProposal named %s for what it left"
                        .formatted(left.proposal()))
            .orElse("It ended without a change");
    return Verdict.ready(AgentReason.Terminated, message);
  }

  private static Verdict refusedForGood(Proposed refused, String when) {
    String message =
        "MergeProposal %s was refused %s: %s. Change the task or the check and make a new Agent"
            .formatted(refused.name(), when, refused.message());
    return Verdict.stalled(refused.reason(), message);
  }

  private static AgentPlan start(AgentObservation seen, int attempt) {
    Optional<Verdict> obstacle = StartRules.obstacle(seen);
    if (obstacle.isPresent()) {
      return AgentPlan.of(List.of(), obstacle.get()).lookAgainIn(SOON);
    }
    Verdict verdict =
        Verdict.underway(
            AgentReason.Spawning, "Pod %s starts".formatted(Run.podName(seen.name(), attempt)));
    return AgentPlan.of(List.of(new Step.Start(attempt, seen.latestFeedback())), verdict);
  }

  private static Verdict unchanged(AgentObservation seen) {
    boolean stalled = Conditions.isTrue(seen.before().conditions(), Condition.STALLED);
    return Conditions.find(seen.before().conditions(), Condition.READY)
        .map(ready -> new Verdict(ready.status(), ready.reason(), ready.message(), stalled))
        .orElseGet(
            () ->
                Verdict.underway(AgentReason.Pending, "Waits for the hub of Swarm " + swarm(seen)));
  }

  private static String swarm(AgentObservation seen) {
    return seen.spec().swarmRef().name();
  }
}
