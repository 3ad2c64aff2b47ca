package dev.qudag.operator.proposal.state;

import dev.qudag.api.v1alpha1.MergeProposalStatus.Batch;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Check;
import dev.qudag.operator.proposal.check.CheckKey;
import dev.qudag.operator.proposal.check.Tries;
import java.time.Instant;
import java.util.List;

/** Something to do in the world. */
public sealed interface Effect {
  /** Whether what is shown must be persisted before: the effect cannot be taken back. */
  default boolean isFinal() {
    return switch (this) {
      case None _, LookAgain _, Analyze _, Join _, StartChecks _, RestartCheck _, OrderRevert _ ->
          false;
      case Decide _, Close _, ProposeCandidate _ -> true;
    };
  }

  record None() implements Effect {}

  /** Time alone changes what is seen. */
  record LookAgain(Instant at) implements Effect {}

  /**
   * Ask the hub what the merge onto a base would be.
   *
   * @param members the proposal, and those that are merged onto it in their order
   * @param share how many at most share its checks because a check that it shared has failed; 0
   *     when none has
   */
  record Analyze(String base, List<String> members, int share) implements Effect {
    public Analyze {
      members = List.copyOf(members);
    }
  }

  /** Ask the hub what the merge is by which it is in a batch. */
  record Join(Batch batch) implements Effect {}

  record StartChecks(List<Start> checks) implements Effect {}

  /** In the place of another Job. */
  record RestartCheck(Start start, Why why) implements Effect {
    /** What became of the Job before. */
    public enum Why {
      /** The check failed, and may run again. */
      FAILED,
      /** It could not run. */
      BLOCKED,
      /** The reference to its image has come to stand for another. */
      OUTDATED
    }
  }

  /** A Job to be made. */
  record Start(CheckKey check, Tries tries) {}

  /** Hand the person's order in, signed for the branch as it stands. */
  record OrderRevert() implements Effect {}

  /**
   * Hand to the validators what was built and checked.
   *
   * @param members that land, in their order
   * @param base that the first of them is merged onto
   * @param commit of the last of them
   * @param tree of that commit
   * @param results of the checks on it
   */
  record Decide(List<String> members, String base, String commit, String tree, List<Check> results)
      implements Effect {
    public Decide {
      members = List.copyOf(members);
      results = List.copyOf(results);
    }
  }

  record Close(ProposalReason reason, String message) implements Effect {}

  record ProposeCandidate(String workspaceUid) implements Effect {}
}
