package dev.qudag.operator.proposal.batch;

import dev.qudag.api.v1alpha1.MergeProposalStatus.Batch;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Member;
import dev.qudag.operator.proposal.queue.Step;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the statuses of proposals say of batches. Pure. */
public final class Batches {
  private Batches() {}

  public static List<String> names(Batch batch) {
    return batch.members().stream().map(Member::proposal).toList();
  }

  /** Whether it holds more than one proposal. */
  public static boolean isShared(@Nullable Batch batch) {
    return batch != null && batch.members().size() > 1;
  }

  /** See {@link Batch#share}; 0 when no check that it shared has failed. */
  public static int share(@Nullable Batch batch) {
    return batch == null || batch.share() == null ? 0 : batch.share();
  }

  /** How many at most share the next check when that of the batch has failed. */
  public static int half(Batch batch) {
    return Math.max(1, batch.members().size() / 2);
  }

  /**
   * Whether a batch is what came of a step; conflicts may have kept those at its end out. Merging
   * again would come to the same.
   */
  public static boolean isBuilt(@Nullable Batch batch, Step.Build step) {
    return batch != null
        && isShared(batch)
        && step.base().equals(batch.base())
        && step.share() == share(batch)
        && step.members().size() >= batch.members().size()
        && step.members().subList(0, batch.members().size()).equals(names(batch));
  }

  /** The commit that a member is merged onto; empty when it is none. */
  public static Optional<String> baseOf(Batch batch, String name) {
    int place = names(batch).indexOf(name);
    return place < 0
        ? Optional.empty()
        : Optional.of(place == 0 ? batch.base() : batch.members().get(place - 1).commit());
  }

  /** What came of merging a proposal, and others onto it: null when it is by itself. */
  public static @Nullable Batch of(String base, List<Merged> merged, int share) {
    if (merged.size() == 1 && share == 0) {
      return null;
    }
    Merged last = merged.getLast();
    return new Batch(
        merged.stream().map(one -> new Member(one.proposal(), one.analysis().getCommit())).toList(),
        base,
        last.analysis().getTree(),
        last.analysis().getCommit(),
        share == 0 ? null : share);
  }

  /** One that no batch holds, after a check that it shared has failed. */
  public static @Nullable Batch ofNobody(int share) {
    return share == 0 ? null : new Batch(List.of(), null, null, null, share);
  }
}
