package dev.qudag.node.hub.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.decision.LandedAs;
import dev.qudag.consensus.chain.policy.LandingPolicy;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.consensus.chain.proposal.CommitMeta;
import dev.qudag.crypto.Digest;
import dev.qudag.merge.Category;
import dev.qudag.merge.EngineDigest;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.symbol.SymbolFinding;
import dev.qudag.merge.symbol.SymbolFinding.By;
import dev.qudag.merge.symbol.SymbolFinding.Rule;
import dev.qudag.merge.symbol.SymbolReport;
import dev.qudag.proto.Analysis;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnalysisAnswerTest {
  private static final ObjectId ID = ObjectId.of("a".repeat(40));
  private static final Policy DEFAULT = new Policy(List.of(), List.of());
  private static final Policy TRUSTING =
      new Policy(
          List.of(), List.of(), List.of("Semantic", "Syntactic", "Textual"), LandingPolicy.MERGE);

  @Test
  void whatThePolicyHoldsIsToldAsAConflictWithItsSymbols() {
    Analysis answer = answer(DEFAULT, semantic(1), false);

    assertThat(answer.getCategory()).isEqualTo("Semantic");
    assertThat(answer.getConflictFiles()).isEqualTo(2);
    assertThat(answer.getConflictPathsList()).containsExactly("src/A.java", "src/B.java");
    assertThat(answer.getConflictSymbolsList())
        .containsExactly("the branch removed A.f0 in src/A.java, which B.g in src/B.java uses");
    assertThat(answer.getCommit()).isEmpty();
    assertThat(answer.getTree()).isEmpty();
    assertThat(answer.getReport().toStringUtf8()).contains("\"rule\":\"removed-and-used\"");
  }

  @Test
  void ofManySymbolsTheFirstAreNamed() {
    assertThat(answer(DEFAULT, semantic(30), false).getConflictSymbolsCount()).isEqualTo(10);
  }

  @Test
  void whoTrustsTheChecksGetsACommit() {
    Analysis answer = answer(TRUSTING, semantic(1), false);

    assertThat(answer.getCategory()).isEqualTo("Semantic");
    assertThat(answer.getConflictFiles()).isZero();
    assertThat(answer.getCommit()).isEqualTo(ID.hex());
  }

  @Test
  void aRevertIsNotHeld() {
    var none = new Policy(List.of(), List.of(), List.of(), LandingPolicy.MERGE);
    var textual = merge(Category.Textual, SymbolReport.NONE);

    assertThat(answer(none, textual, true).getCommit()).isEqualTo(ID.hex());
    assertThat(answer(none, textual, false).getCommit()).isEmpty();
    assertThat(answer(none, textual, false).getConflictPathsList()).containsExactly("src/B.java");
  }

  private static Analysis answer(
      Policy policy, dev.qudag.merge.Analysis.Clean merge, boolean isRevert) {
    var meta = new CommitMeta("Ada", "ada@example.org", "QuDAG", "hub@qudag.dev", 1, "A change\n");
    return new AnalysisAnswer(new EngineDigest("e".repeat(64)), policy, ID, ID)
        .of(new Analyses.Analysed.Clean(merge, meta, LandedAs.PLAIN, ID, Digest.ZERO, isRevert));
  }

  private static dev.qudag.merge.Analysis.Clean semantic(int findings) {
    var all =
        IntStream.range(0, findings)
            .mapToObj(
                i ->
                    new SymbolFinding(
                        Rule.RemovedAndUsed, "src/A.java", "A.f" + i, By.Ours, "src/B.java", "B.g"))
            .toList();
    return merge(Category.Semantic, new SymbolReport(all, List.of(), true));
  }

  private static dev.qudag.merge.Analysis.Clean merge(Category category, SymbolReport symbols) {
    return new dev.qudag.merge.Analysis.Clean(
        category, ID, ID, List.of("src/B.java"), List.of(), symbols);
  }
}
