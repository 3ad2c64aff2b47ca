package dev.qudag.consensus.chain.decision;

import dev.qudag.consensus.chain.policy.CheckResult;
import dev.qudag.consensus.chain.proposal.CommitMeta;
import dev.qudag.crypto.Digest;
import java.util.List;

/**
 * A decision that moves a branch by commits that the validators made again themselves: what it has
 * to show is the same, whether it merges, reverts, or merges several together.
 */
public sealed interface LandingDecision extends Decision
    permits MergeDecision, RevertDecision, BatchDecision {
  /** Full ref name. */
  String branch();

  /**
   * Number of voids on the branch before it. What was decided before a void, with all approvals of
   * it, is void for good; a new decision names the new number.
   */
  long voids();

  /** Names of the proposals that land, in their order. */
  List<String> proposals();

  /** The commit that must be the branch's head before. */
  String base();

  /** The commits that land, in their order: for each proposal the last one that it lands as. */
  List<String> commits();

  /** Where the branch stands afterwards: the last of them. */
  default String commit() {
    return commits().getLast();
  }

  /** The tree of that commit, which every check ran on. */
  String tree();

  /** What author or order say of that commit, beside tree and parents. */
  CommitMeta meta();

  /** How the commits are made of all this, and the signatures in them. */
  LandedAs landedAs();

  Digest engineDigest();

  Digest policyDigest();

  List<CheckResult> checks();
}
