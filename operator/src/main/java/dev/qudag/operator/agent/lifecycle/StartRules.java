package dev.qudag.operator.agent.lifecycle;

import dev.qudag.api.v1alpha1.AgentReason;
import dev.qudag.api.v1alpha1.Condition.Status;
import dev.qudag.api.v1alpha1.EnvVar;
import dev.qudag.operator.agent.lifecycle.AgentObservation.SwarmView;
import dev.qudag.operator.agent.lifecycle.AgentObservation.WorkspaceView;
import dev.qudag.operator.agent.lifecycle.AgentPlan.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What may keep a pod from being started, in the order in which people should hear of it. */
final class StartRules {
  private static final List<Function<AgentObservation, Optional<Verdict>>> RULES =
      List.of(
          StartRules::isPaused,
          StartRules::wantsForbiddenSecret,
          StartRules::lacksWorkspace,
          StartRules::cannotUseWorkspace,
          StartRules::sharesWorkspace,
          StartRules::waitsForHub);

  private StartRules() {}

  /** The first obstacle. */
  static Optional<Verdict> obstacle(AgentObservation seen) {
    return RULES.stream().flatMap(rule -> rule.apply(seen).stream()).findFirst();
  }

  private static Optional<Verdict> isPaused(AgentObservation seen) {
    String swarm = seen.spec().swarmRef().name();
    if (seen.paused()) {
      return Optional.of(
          Verdict.underway(
              AgentReason.Paused, "It is suspended: set suspended to false to let it go on"));
    }
    return seen.swarm().filter(SwarmView::suspended).isPresent()
        ? Optional.of(
            Verdict.underway(AgentReason.Paused, "Swarm %s is suspended".formatted(swarm)))
        : Optional.empty();
  }

  private static Optional<Verdict> wantsForbiddenSecret(AgentObservation seen) {
    return seen.spec().env().stream()
        .filter(variable -> variable.secretKeyRef() != null)
        .filter(variable -> !allows(seen, variable))
        .findFirst()
        .map(
            variable ->
                Verdict.stalled(
                    AgentReason.SecretNotAllowed.name(),
                    "env %s refers to Secret %s, which Swarm %s does not allow: add it to agentSecrets of the Swarm"
                        .formatted(
                            variable.name(),
                            variable.secretKeyRef().name(),
                            seen.spec().swarmRef().name())));
  }

  private static boolean allows(AgentObservation seen, EnvVar variable) {
    return seen.swarm()
        .filter(swarm -> swarm.agentSecrets().contains(variable.secretKeyRef().name()))
        .isPresent();
  }

  private static Optional<Verdict> lacksWorkspace(AgentObservation seen) {
    String named = seen.spec().workspace().name();
    if (seen.workspace().isPresent()) {
      return seen.workspace().get().sameSwarm()
          ? Optional.empty()
          : Optional.of(
              Verdict.stalled(
                  AgentReason.WorkspaceMissing.name(),
                  "Workspace %s belongs to another Swarm: name one of Swarm %s"
                      .formatted(seen.workspace().get().name(), seen.spec().swarmRef().name())));
    }
    return Optional.of(
        named == null
            ? Verdict.underway(AgentReason.Pending, "Its Workspace is being made")
            : Verdict.stalled(
                AgentReason.WorkspaceMissing.name(),
                "Workspace %s is not there: create it".formatted(named)));
  }

  /** What stalls the Workspace may be over at any time: that is no stall of the agent. */
  private static Optional<Verdict> cannotUseWorkspace(AgentObservation seen) {
    return seen.workspace()
        .flatMap(WorkspaceView::stalled)
        .map(
            why ->
                new Verdict(
                    Status.False,
                    why.reason(),
                    "Workspace %s: %s".formatted(seen.workspace().get().name(), why.message()),
                    false));
  }

  private static Optional<Verdict> sharesWorkspace(AgentObservation seen) {
    return seen.rival()
        .map(
            rival ->
                Verdict.underway(
                    AgentReason.WorkspaceBusy,
                    "Its Workspace is bound to Agent %s until that has ended".formatted(rival)));
  }

  private static Optional<Verdict> waitsForHub(AgentObservation seen) {
    return seen.hub().isPresent()
        ? Optional.empty()
        : Optional.of(
            Verdict.underway(
                AgentReason.Pending,
                "Waits until the validators of Swarm %s have joined and its hub answers"
                    .formatted(seen.spec().swarmRef().name())));
  }
}
