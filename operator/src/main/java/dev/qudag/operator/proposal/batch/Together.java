package dev.qudag.operator.proposal.batch;

import dev.qudag.api.v1alpha1.MergeProposalStatus.Batch;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Check;
import java.util.List;
import java.util.Optional;

/**
 * What a proposal has to know of those with which it shares checks or lands. They tell each other
 * by their statuses alone: the first of a batch writes down whom it was built with, each of them
 * takes that over, and with the last of them the batch is built.
 *
 * @param isOn whether proposals may share checks and land together
 * @param share what follows for it from a check that it shared and that failed, when another of its
 *     batch knew first: how many at most share the next one; 0 when nothing follows
 * @param joins the batch that counts on it, until it takes that over
 * @param shared the results of the checks of the batch that it is in, which the first of them keeps
 * @param tip the results of the checks on the tree by which it lands, where another has them
 * @param below the results of the checks on what it is to be built on; empty when that is the head
 */
public record Together(
    boolean isOn,
    int share,
    Optional<Batch> joins,
    Optional<List<Check>> shared,
    Optional<List<Check>> tip,
    Optional<List<Check>> below) {
  /** Each proposal by itself. */
  public static final Together OFF =
      new Together(
          false, 0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
