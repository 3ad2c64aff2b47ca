package dev.qudag.operator.proposal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.MergeProposalStatus.Category;
import dev.qudag.proto.Analysis;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final String BASE = "b".repeat(40);

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
                Instant.EPOCH);

    assertThat(resolved.category()).isEqualTo(Category.Textual);
    assertThat(resolved.resolvedBy()).containsExactly("both-add-imports", "version-numbers");
    assertThat(
            resolved
                .analyzed(
                    BASE,
                    Analysis.newBuilder().setCategory("None").build(),
                    List.of(),
                    Instant.EPOCH)
                .resolvedBy())
        .isEmpty();
  }
}
