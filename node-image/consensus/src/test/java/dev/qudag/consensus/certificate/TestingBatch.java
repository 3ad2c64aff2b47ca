package dev.qudag.consensus.certificate;

import dev.qudag.consensus.chain.decision.BatchDecision;
import dev.qudag.consensus.chain.decision.ExactMerge;
import dev.qudag.consensus.chain.decision.MergeDecision;
import java.util.List;

/** A batch whose bytes are published. */
final class TestingBatch {
  private TestingBatch() {}

  /** The merge, and the same of another commit onto it. */
  static BatchDecision of(MergeDecision merge) {
    MergeDecision first = member(merge, merge.proposal(), merge.merge());
    ExactMerge onto =
        new ExactMerge(
            merge.commit(),
            merge.merge().mergeBase(),
            EncodingVectorsTest.id("7"),
            EncodingVectorsTest.id("6"),
            EncodingVectorsTest.digest(16),
            EncodingVectorsTest.id("5"),
            "Textual");
    return new BatchDecision(
        List.of(first, member(merge, "mp-" + "1".repeat(20), onto)), merge.checks());
  }

  private static MergeDecision member(MergeDecision like, String proposal, ExactMerge merge) {
    return new MergeDecision(
        like.chainId(),
        like.branch(),
        like.voids(),
        proposal,
        merge,
        like.meta(),
        like.engineDigest(),
        like.policyDigest(),
        List.of(),
        like.author(),
        like.grant());
  }
}
