package dev.qudag.operator.workspace;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.WorkspaceReason;
import dev.qudag.api.v1alpha1.WorkspaceSpec;
import dev.qudag.api.v1alpha1.WorkspaceStatus;
import dev.qudag.api.v1alpha1.WorkspaceStatus.Candidate;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.status.Fact;
import dev.qudag.proto.WorkspaceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a Workspace's status says about an observation. Pure but for the clock in the conditions.
 */
final class WorkspaceStatusFactory {
  static final String CLONED = "Cloned";
  static final String BOUND = "Bound";
  private static final int MOST_FILES = 20;

  private final Conditions conditions;

  WorkspaceStatusFactory(Conditions conditions) {
    this.conditions = conditions;
  }

  WorkspaceStatus status(WorkspaceObservation seen) {
    long generation = seen.workspace().getMetadata().getGeneration();
    WorkspaceStatus before = seen.before();
    List<Condition> now = conditions.merge(before.conditions(), generation, facts(seen));
    return seen.known()
        .map(
            known ->
                new WorkspaceStatus(
                    generation,
                    now,
                    known.getRevision().isEmpty() ? null : known.getRevision(),
                    known.getAhead(),
                    known.getBehind(),
                    known.getRefusedFilesList().stream().limit(MOST_FILES).toList(),
                    known.getConflictsList().stream().limit(MOST_FILES).toList(),
                    candidate(known)))
        .orElseGet(
            () ->
                new WorkspaceStatus(
                    generation,
                    now,
                    before.revision(),
                    before.ahead(),
                    before.behind(),
                    before.refusedFiles(),
                    before.conflicts(),
                    before.candidate()));
  }

  private static @Nullable Candidate candidate(WorkspaceState known) {
    return known.getCandidateCommit().isEmpty()
        ? null
        : new Candidate(known.getCandidateCommit(), known.getCandidateProposal());
  }

  private static List<Fact> facts(WorkspaceObservation seen) {
    List<Fact> facts = new ArrayList<>();
    Optional<Fact> obstacle = obstacle(seen);
    if (obstacle.isPresent()) {
      facts.add(obstacle.get());
      facts.add(Fact.stalled(obstacle.get().reason(), obstacle.get().message()));
    } else {
      Fact ready = ready(seen);
      facts.add(ready);
      if (!ready.holds()) {
        facts.add(Fact.reconciling(ready.reason(), ready.message()));
      }
    }
    facts.add(cloned(seen));
    facts.add(bound(seen));
    return facts;
  }

  private static Optional<Fact> obstacle(WorkspaceObservation seen) {
    WorkspaceSpec spec = seen.workspace().getSpec();
    if (seen.branch().isEmpty()) {
      return no(
          WorkspaceReason.SwarmMissing,
          "Swarm %s is not there: create it, or delete the Workspace",
          spec.swarmRef().name());
    }
    if (!seen.branch().get().equals(spec.base())) {
      return no(
          WorkspaceReason.UnknownBranch,
          "base %s is not the branch of Swarm %s: make a Workspace with base %s",
          spec.base(),
          spec.swarmRef().name(),
          seen.branch().get());
    }
    if (seen.foreignVolume()) {
      return no(
          WorkspaceReason.VolumeTaken,
          "PersistentVolumeClaim %s is there and was made for something else: delete it, or use"
              + " another name",
          WorkspaceVolume.name(seen.workspace()));
    }
    return seen.refused().map(why -> Fact.no(Condition.READY, why.reason().name(), why.message()));
  }

  private static Optional<Fact> no(WorkspaceReason reason, String format, Object... arguments) {
    return Optional.of(Fact.no(Condition.READY, reason.name(), format.formatted(arguments)));
  }

  private static Fact ready(WorkspaceObservation seen) {
    return seen.sidecar().isPresent() && !seen.isCloned()
        ? Fact.no(
            Condition.READY,
            WorkspaceReason.Cloning.name(),
            "The sidecar joins the swarm and clones the branch")
        : Fact.yes(Condition.READY, boundReason(seen).name(), bound(seen).message());
  }

  private static Fact cloned(WorkspaceObservation seen) {
    if (seen.isCloned()) {
      return Fact.yes(CLONED, WorkspaceReason.Cloned.name(), "The working copy is on its volume");
    }
    return seen.sidecar().isPresent()
        ? Fact.no(
            CLONED,
            WorkspaceReason.Cloning.name(),
            "The sidecar joins the swarm and clones the branch")
        : Fact.no(
            CLONED,
            WorkspaceReason.NotCloned.name(),
            "The first agent that runs in it clones the branch");
  }

  private static Fact bound(WorkspaceObservation seen) {
    return seen.sidecar()
        .map(
            sidecar ->
                Fact.yes(
                    BOUND,
                    WorkspaceReason.Bound.name(),
                    "Agent %s runs in it".formatted(sidecar.agent())))
        .orElseGet(() -> Fact.no(BOUND, WorkspaceReason.Unbound.name(), "No agent runs in it"));
  }

  private static WorkspaceReason boundReason(WorkspaceObservation seen) {
    return seen.sidecar().isPresent() ? WorkspaceReason.Bound : WorkspaceReason.Unbound;
  }
}
