package dev.qudag.operator.agent;

import dev.qudag.api.v1alpha1.AgentStatus;
import dev.qudag.api.v1alpha1.AgentStatus.Proposals;
import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.Condition.Status;
import dev.qudag.operator.agent.lifecycle.AgentObservation;
import dev.qudag.operator.agent.lifecycle.AgentPlan;
import dev.qudag.operator.agent.lifecycle.AgentPlan.Verdict;
import dev.qudag.operator.agent.lifecycle.Proposed;
import dev.qudag.operator.agent.lifecycle.Proposed.Outcome;
import dev.qudag.operator.agent.lifecycle.Run;
import dev.qudag.operator.agent.lifecycle.Step;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.status.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an Agent's status says about an observation and the plan made of it. Pure but for the clock
 * in the conditions.
 */
final class AgentStatusFactory {
  private final Conditions conditions;

  AgentStatusFactory(Conditions conditions) {
    this.conditions = conditions;
  }

  AgentStatus status(AgentObservation seen, AgentPlan plan, long generation) {
    Step.@Nullable Start started =
        plan.steps().stream()
            .filter(Step.Start.class::isInstance)
            .map(Step.Start.class::cast)
            .findFirst()
            .orElse(null);
    int attempt = started == null ? seen.lastAttempt() : started.attempt();
    long revisions =
        seen.feedback().size()
            + plan.steps().stream().filter(Step.GiveFeedback.class::isInstance).count();
    return new AgentStatus(
        generation,
        conditions.merge(seen.before().conditions(), generation, facts(plan.verdict())),
        seen.workspace().map(AgentObservation.WorkspaceView::name).orElse(null),
        started == null ? runningPod(seen) : Run.podName(seen.name(), attempt),
        attempt == 0 ? null : attempt,
        (int) revisions,
        proposals(seen.proposals()));
  }

  private static @Nullable String runningPod(AgentObservation seen) {
    return seen.runs().stream().filter(run -> !run.isOver()).map(Run::pod).findFirst().orElse(null);
  }

  private static List<Fact> facts(Verdict verdict) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact(Condition.READY, verdict.ready(), verdict.reason(), verdict.message()));
    if (verdict.stalled()) {
      facts.add(Fact.stalled(verdict.reason(), verdict.message()));
    } else if (verdict.ready() != Status.True) {
      facts.add(Fact.reconciling(verdict.reason(), verdict.message()));
    }
    return facts;
  }

  private static Proposals proposals(List<Proposed> all) {
    int merged = count(all, Outcome.MERGED);
    int open = count(all, Outcome.OPEN);
    int refused = all.size() - merged - open;
    String summary =
        Stream.of(part(open, "open"), part(merged, "merged"), part(refused, "rejected"))
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", "));
    return new Proposals(all.size(), merged, refused, summary);
  }

  private static int count(List<Proposed> all, Outcome outcome) {
    return (int) all.stream().filter(proposal -> proposal.outcome() == outcome).count();
  }

  private static @Nullable String part(int number, String what) {
    return number == 0 ? null : number + " " + what;
  }
}
