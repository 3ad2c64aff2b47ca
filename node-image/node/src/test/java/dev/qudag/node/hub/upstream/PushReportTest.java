package dev.qudag.node.hub.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Answers as git 2.47 gives them. */
class PushReportTest {
  private static final String MAIN = "refs/heads/main";

  private static String output(String... lines) {
    return "To https://git.example/library.git\n" + String.join("\n", lines) + "\nDone\n";
  }

  @Test
  void knowsWhatWasTaken() {
    String moved = " \tc0ffee:refs/heads/main\tbeef..c0ffee";
    String same = "=\tc0ffee:refs/heads/main\t[up to date]";
    for (String line : new String[] {moved, same}) {
      assertThat(PushReport.of(output(line), MAIN)).contains(new PushReport(true, ""));
    }
  }

  @Test
  void tellsARuleOfTheServerFromALeaseThatIsOver() {
    PushReport rule =
        PushReport.of(
                output("!\tc0ffee:refs/heads/main\t[remote rejected] (pre-receive hook declined)"),
                MAIN)
            .orElseThrow();
    PushReport stale =
        PushReport.of(output("!\tc0ffee:refs/heads/main\t[rejected] (stale info)"), MAIN)
            .orElseThrow();

    assertThat(rule.isRefusedByTheServer()).isTrue();
    assertThat(rule.why()).isEqualTo("[remote rejected] (pre-receive hook declined)");
    assertThat(stale.taken()).isFalse();
    assertThat(stale.isRefusedByTheServer()).isFalse();
  }

  @Test
  void looksAtNoOtherRef() {
    String notes = "!\trefs/notes/qudag:refs/notes/qudag\t[remote rejected] (hook declined)";
    String main = " \tc0ffee:refs/heads/main\tbeef..c0ffee";
    assertThat(PushReport.of(output(notes, main), MAIN)).contains(new PushReport(true, ""));
    assertThat(PushReport.of(output(notes), MAIN)).isEmpty();
    assertThat(PushReport.of("", MAIN)).isEmpty();
  }

  @Test
  void whatTheServerSaysIsPrintableAndBounded() {
    String hostile = "\u001b[31m" + "x".repeat(10_000);
    PushReport report =
        PushReport.of(output("!\tc0ffee:refs/heads/main\t[remote rejected] " + hostile), MAIN)
            .orElseThrow();
    assertThat(report.why()).doesNotContain("\u001b").hasSizeLessThan(300);
  }
}
