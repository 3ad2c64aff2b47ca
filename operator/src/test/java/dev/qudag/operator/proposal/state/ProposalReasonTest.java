package dev.qudag.operator.proposal.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProposalReasonTest {
  private static final Path PAGE =
      Path.of(System.getProperty("qudag.root"), "docs/reference/mergeproposal-reasons.md");

  @ParameterizedTest
  @EnumSource(ProposalReason.class)
  void everyReasonIsDocumented(ProposalReason reason) throws IOException {
    assertThat(Files.readString(PAGE)).contains("| `" + reason + "` |");
  }
}
