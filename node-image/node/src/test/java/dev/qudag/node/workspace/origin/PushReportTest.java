package dev.qudag.node.workspace.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PushReportTest {

  private static final PushRequest.Update MAIN =
      new PushRequest.Update("a".repeat(40), "refs/heads/main");

  @Test
  void saysOkForWhatWasTaken() {
    assertThat(report(Set.of("report-status"), new PushJudge.Taken("taken")))
        .isEqualTo("000eunpack ok\n0017ok refs/heads/main\n0000");
  }

  @Test
  void saysNgWithTheReasonOnOneLine() {
    assertThat(report(Set.of("report-status"), new PushJudge.Refused("Too\nLarge", "text")))
        .contains("ng refs/heads/main Too Large\n");
  }

  @Test
  void bringsTheWordsOnTheSidebandWithoutControlCharacters() {
    String report =
        report(
            Set.of("report-status", "side-band-64k"),
            new PushJudge.Refused("TooLarge", "first\nsecond\u001b[31m"));

    assertThat(report).contains("\u0002first\n").contains("\u0002second [31m\n").endsWith("0000");
    assertThat(report).contains("\u0001000eunpack ok\n");
  }

  private static String report(Set<String> capabilities, PushJudge.Verdict verdict) {
    var request = new PushRequest(List.of(MAIN), capabilities, new byte[0]);
    return new String(PushReport.of(request, verdict), StandardCharsets.UTF_8);
  }
}
