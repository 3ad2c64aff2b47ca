package dev.qudag.operator.proposal.state;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.MergeProposalStatus;
import dev.qudag.operator.status.Conditions;
import dev.qudag.proto.Proposal;

/**
 * Where a proposal is on its way. The hub's word comes first, then what the status keeps.
 *
 * <pre>
 *  Unheld ──proposed──▶ Queued ──all checks passed on the head──▶ Deciding ──▶ Ended (Merged)
 *                        │  ▲                                         │
 *                        │  └──────────────── stale ─────────────────┤
 *                        │                                            └─────▶ Ended (Rejected)
 *                        └─failed on the head, or cancelled─▶ Closing ──────▶ Ended (CheckFailed, …)
 * </pre>
 *
 * <p>A revert that ended without landing is Unheld again when its person asks anew.
 */
public sealed interface ProposalState permits Unheld, Queued, Closing, Deciding, Ended {
  /** What to show, and what to do next. Decides by the observation alone. */
  Transition next(ProposalObservation seen);

  static ProposalState of(ProposalObservation seen) {
    return seen.announced()
        .map(said -> of(said, seen))
        .orElseGet(() -> hasEnded(seen.proposal().getStatus()) ? new Ended() : new Unheld());
  }

  private static ProposalState of(Proposal said, ProposalObservation seen) {
    return switch (said.getState()) {
      case LANDED -> new Ended();
      case CLOSED ->
          Reverting.of(seen).filter(revert -> revert.isAskedAnew(said)).isPresent()
              ? new Unheld()
              : new Ended();
      case DECIDING -> new Deciding(said);
      case OPEN, STALE -> seen.progress().isEjected() ? new Closing(said) : new Queued(said);
      case PROPOSAL_STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalStateException(
              "the hub calls proposal %s %s: operator and hub are of different versions"
                  .formatted(said.getName(), said.getState()));
    };
  }

  /** The hub forgets what ended long ago; the status does not. */
  static boolean hasEnded(MergeProposalStatus status) {
    return status != null && Conditions.isTrue(status.conditions(), Condition.READY);
  }
}
