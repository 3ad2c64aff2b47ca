package dev.qudag.operator.proposal.batch;

import dev.qudag.proto.Analysis;

/** What came of merging one proposal of several, each onto the one before it. */
public record Merged(String proposal, Analysis analysis) {
  /** There is a commit: neither a conflict nor a refusal. */
  public boolean isClean() {
    return !analysis.getCommit().isEmpty();
  }
}
