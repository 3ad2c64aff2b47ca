package dev.qudag.operator.proposal;

import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.MergeProposalStatus;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Batch;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Check;
import dev.qudag.operator.proposal.batch.Batches;
import dev.qudag.operator.proposal.batch.Together;
import dev.qudag.operator.proposal.queue.MergeQueue;
import dev.qudag.operator.proposal.queue.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the statuses of a line's proposals say of each other where they share checks. A batch holds
 * when each of its members names it; of its checks the first one's status tells.
 *
 * @param objects of the swarm, by their name
 */
record Companions(Map<String, MergeProposal> objects) {
  /** What the checks said of what the object is built as. */
  List<Check> checks(MergeProposal object) {
    MergeProposalStatus status = object.getStatus();
    Batch batch = status.batch();
    return Batches.isShared(batch) ? checksOf(batch).orElseGet(status::checks) : status.checks();
  }

  /** As the first of a batch has them; empty when that is in another by now, or gone. */
  private Optional<List<Check>> checksOf(Batch batch) {
    return status(Batches.names(batch).getFirst())
        .filter(first -> batch.equals(first.batch()))
        .map(MergeProposalStatus::checks);
  }

  /**
   * How many share the next check with it because that of its batch failed, as another of the batch
   * has noted; 0 when none has.
   */
  int share(MergeProposal object) {
    Batch batch = object.getStatus() == null ? null : object.getStatus().batch();
    if (batch == null || !Batches.isShared(batch)) {
      return 0;
    }
    int half = Batches.half(batch);
    boolean isSplit =
        Batches.names(batch).stream()
            .flatMap(name -> status(name).stream())
            .map(MergeProposalStatus::batch)
            .anyMatch(other -> !batch.equals(other) && Batches.share(other) == half);
    return isSplit ? half : 0;
  }

  /**
   * What one of the line has to know.
   *
   * @param plan of the line
   * @param isOnBranch whether the branch is or was at a commit
   */
  Together together(
      MergeProposal object, Map<String, MergeQueue.Place> plan, Predicate<String> isOnBranch) {
    String name = object.getMetadata().getName();
    Batch batch = object.getStatus() == null ? null : object.getStatus().batch();
    Optional<Step> step = Optional.ofNullable(plan.get(name)).map(MergeQueue.Place::step);
    return new Together(
        true,
        share(object),
        joins(name, batch, plan),
        batch != null && Batches.isShared(batch) && !Batches.names(batch).getFirst().equals(name)
            ? checksOf(batch)
            : Optional.empty(),
        step.filter(Step.Decide.class::isInstance)
            .map(Step.Decide.class::cast)
            .flatMap(decide -> status(decide.built().members().getFirst()))
            .map(MergeProposalStatus::checks),
        step.filter(Step.Build.class::isInstance)
            .map(Step.Build.class::cast)
            .map(Step.Build::base)
            .filter(base -> !isOnBranch.test(base))
            .map(this::checksAt));
  }

  /** The batch that who builds it has written down, and the proposal has not. */
  private Optional<Batch> joins(
      String name, @Nullable Batch own, Map<String, MergeQueue.Place> plan) {
    for (Map.Entry<String, MergeQueue.Place> place : plan.entrySet()) {
      if (place.getValue().step() instanceof Step.Build build
          && build.members().contains(name)
          && !place.getKey().equals(name)) {
        return status(place.getKey())
            .map(MergeProposalStatus::batch)
            .filter(batch -> Batches.isBuilt(batch, build))
            .filter(batch -> Batches.names(batch).contains(name) && !batch.equals(own));
      }
    }
    return Optional.empty();
  }

  /** What the checks said of the one that is built as that commit; nothing when nobody is. */
  private List<Check> checksAt(String commit) {
    return objects.values().stream()
        .filter(object -> object.getStatus() != null)
        .filter(object -> object.getStatus().mergedCommit() == null)
        .filter(object -> commit.equals(tip(object.getStatus())))
        .findFirst()
        .map(this::checks)
        .orElse(List.of());
  }

  private static String tip(MergeProposalStatus status) {
    Batch batch = status.batch();
    if (Batches.isShared(batch)) {
      return batch.commit();
    }
    return status.build() == null ? "" : status.build().commit();
  }

  private Optional<MergeProposalStatus> status(String name) {
    return Optional.ofNullable(objects.get(name)).map(MergeProposal::getStatus);
  }
}
