package dev.qudag.operator.proposal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.MergeProposalStatus.Category;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Check;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Passed;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Result;
import dev.qudag.proto.Analysis;
import dev.qudag.proto.Proposal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final String BASE = "b".repeat(40);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Analysis MERGED =
      Analysis.newBuilder().setTree("tree").setCommit("commit").build();
  private static final Check SKIPPED = check("docs", Result.Skipped);
  private static final Check PASSED = check("tests", Result.Passed);

  private final Progress built =
      Progress.of(null)
          .heard(Proposal.getDefaultInstance())
          .analyzed("base", MERGED, List.of(SKIPPED), null, NOW);

  @Test
  void remembersTheLastBuildThatPassed() {
    Progress passed = built.checked(List.of(PASSED, SKIPPED), true, NOW);

    assertThat(passed.analyzed("next", MERGED, List.of(), null, NOW).passed())
        .isEqualTo(new Passed("base", "tree", List.of("job-tests")));
  }

  @Test
  void aBuildHasNotPassedBeforeWhatItNeedsHasRun() {
    assertThat(built.analyzed("next", MERGED, List.of(), null, NOW).passed()).isNull();
  }

  @Test
  void namesTheRulesOfTheLastAnalysis() {
    Progress resolved =
        Progress.of(null)
            .analyzed(
                BASE,
                Analysis.newBuilder()
                    .setCategory("Textual")
                    .addResolvedBy("both-add-imports")
                    .addResolvedBy("version-numbers")
                    .build(),
                List.of(),
                null,
                Instant.EPOCH);

    assertThat(resolved.category()).isEqualTo(Category.Textual);
    assertThat(resolved.resolvedBy()).containsExactly("both-add-imports", "version-numbers");
    assertThat(
            resolved
                .analyzed(
                    BASE,
                    Analysis.newBuilder().setCategory("None").build(),
                    List.of(),
                    null,
                    Instant.EPOCH)
                .resolvedBy())
        .isEmpty();
  }

  private static Check check(String name, Result result) {
    return new Check(name, result, "tree", null, "job-" + name, null, null, null);
  }
}
