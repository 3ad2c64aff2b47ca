package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Proposal;
import dev.qudag.consensus.simplex.view.Round;
import java.util.Optional;
import java.util.stream.LongStream;

/** Whether a member may notarize a proposal, by what it holds. */
final class Judge<S> {
  /** What comes of a proposal. */
  enum Verdict {
    ACCEPT,
    /** It can never become acceptable. */
    REFUSE,
    /** Something that it needs is not here, or not the case, yet: another event may change that. */
    WAIT
  }

  private final Knowledge<S> knowledge;

  Judge(Knowledge<S> knowledge) {
    this.knowledge = knowledge;
  }

  /**
   * @param due whether a block is due here: without that, an empty one has to wait, so that an idle
   *     swarm stays idle
   */
  Verdict judge(Proposal proposal, boolean due) {
    BlockHeader header = proposal.block().header();
    Optional<BlockHeader> parent = knowledge.tree().header(header.parentDigest());
    if (parent.isEmpty()) {
      return Verdict.WAIT;
    }
    if (!extendsParent(header, parent.get())
        || !skipsOnlyNullified(parent.get().view(), header.view())) {
      return Verdict.REFUSE;
    }
    Optional<S> before = knowledge.tree().stateAfter(header.parentDigest());
    if (before.isEmpty() || (header.isEmpty() && !due)) {
      return Verdict.WAIT;
    }
    boolean valid = knowledge.tree().stateAfter(proposal.block().digest()).isPresent();
    return valid ? Verdict.ACCEPT : Verdict.REFUSE;
  }

  private boolean extendsParent(BlockHeader header, BlockHeader parent) {
    boolean isTip = parent.equals(knowledge.tree().tip().header());
    boolean isNotarized =
        knowledge
            .rounds()
            .find(parent.view())
            .flatMap(Round::notarizedBlock)
            .filter(header.parentDigest()::equals)
            .isPresent();
    return (isTip || isNotarized)
        && header.height() == parent.height() + 1
        && header.view() > parent.view();
  }

  private boolean skipsOnlyNullified(long parentView, long view) {
    return LongStream.range(parentView + 1, view)
        .allMatch(
            skipped -> knowledge.rounds().certificate(skipped, BallotKind.NULLIFY).isPresent());
  }
}
