package dev.qudag.operator.proposal.state;

import static dev.qudag.operator.proposal.state.Blame.Verdict.FAILED;
import static dev.qudag.operator.proposal.state.Blame.Verdict.PASSED;
import static dev.qudag.operator.proposal.state.Blame.Verdict.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.operator.proposal.state.Blame.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlameTest {
  private static final List<String> OTHERS = List.of("mp-a");

  /** With both, it fails. */
  @ParameterizedTest(name = "base {0}, others {1}, own {2}: {3}")
  @CsvSource({
    "PASSED, PASSED, PASSED, Together",
    "PASSED, PASSED, FAILED, Own",
    "PASSED, PASSED, UNKNOWN, Unknown",
    "PASSED, FAILED, PASSED, Unknown",
    "PASSED, UNKNOWN, PASSED, Unknown",
    "FAILED, PASSED, PASSED, Unknown",
    "UNKNOWN, PASSED, PASSED, Unknown",
    "UNKNOWN, UNKNOWN, UNKNOWN, Unknown",
  })
  void aPairIsBlamedOnlyWhenEachOfThemPasses(
      Verdict base, Verdict others, Verdict own, String blamed) {
    assertThat(Blame.of(base, others, own, OTHERS).getClass().getSimpleName()).isEqualTo(blamed);
  }

  @Test
  void whatFailsOnABaseThatPassedIsItsOwn() {
    assertThat(Blame.of(PASSED, PASSED, UNKNOWN, List.of())).isEqualTo(new Blame.Own());
    assertThat(Blame.of(FAILED, FAILED, UNKNOWN, List.of())).isEqualTo(new Blame.Unknown());
    assertThat(Blame.of(UNKNOWN, UNKNOWN, PASSED, List.of())).isEqualTo(new Blame.Unknown());
  }
}
