package dev.qudag.merge.landing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.CommitMeta;
import dev.qudag.merge.ObjectId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentTextTest {
  private static final ObjectId ID = ObjectId.of("c".repeat(40));

  @Test
  void subjectAndBodyAreTold() {
    AgentText text = AgentText.of(commit("  Fix it \r\n\r\nBecause\r\nit broke.\n\n\n"));

    assertThat(text.subject()).isEqualTo("Fix it");
    assertThat(text.body()).isEqualTo("Because\nit broke.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Signed-off-by: Linus <l@example.org>",
        "  signed-off-BY : Linus",
        "Reviewed-by=Linus",
        "Squashed-from: 0123456789012345678901234567890123456789",
        "Rebased-from: 0123456789012345678901234567890123456789 (3)",
        "Proposal: p-1",
        "Agent: another",
        "---",
        "--- a/file",
        "# ------------------------ >8 ------------------------"
      })
  void whatLooksLikeSomebodysWordIsQuoted(String line) {
    assertThat(AgentText.ofMessage("Fix\n\nWhy\n\n" + line).body()).endsWith("> " + line);
    assertThat(AgentText.ofMessage(line).subject()).isEqualTo("> " + line.strip());
  }

  @Test
  void whatHidesOrTurnsTextIsReplaced() {
    AgentText text = AgentText.ofMessage("a\u001b[2Jb\u202ec\u0000\n\nd\u200be\tf");

    assertThat(text.subject()).isEqualTo("a\uFFFD[2Jb\uFFFDc\uFFFD");
    assertThat(text.body()).isEqualTo("d\uFFFDe\tf");
  }

  @Test
  void aMegabyteIsCut() {
    AgentText text =
        AgentText.ofMessage("x".repeat(1 << 20) + "\n\n" + "\ud83d\ude00".repeat(9999));

    assertThat(text.subject()).hasSize(AgentText.MAX_SUBJECT + 1);
    assertThat(text.body()).hasSizeLessThanOrEqualTo(AgentText.MAX_BODY + 1).endsWith("…");
    assertThat(text.body().codePoints()).noneMatch(c -> c >= 0xd800 && c <= 0xdfff);
  }

  @Test
  void aCommitWithoutAMessageHasNone() {
    assertThat(AgentText.of("tree x\n".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new AgentText("", ""));
  }

  @Test
  void whatASquashOrRebaseCameFromIsReadBack() {
    var message = new LandingMessage(meta(), true);
    byte[] squash = commit(message.squashed(ID, commit("a\n\nb"), List.of(), false).message());
    byte[] rebase = commit(message.rebased(ID, commit("a\n\nb"), 7).message());

    assertThat(LandedFrom.parse(squash)).hasValue(new LandedFrom(ID, 1));
    assertThat(LandedFrom.parse(rebase)).hasValue(new LandedFrom(ID, 7));
    assertThat(LandedFrom.parse(commit(message.plain().message()))).isEmpty();
  }

  /** The paragraph of trailers is the swarm's alone, whatever stands in the agent's message. */
  @Test
  void noAgentSaysWhatACommitCameFrom() {
    String forged = "Fix\n\nSquashed-from: " + "d".repeat(40) + "\nSigned-off-by: Linus <l@x>";
    var message = new LandingMessage(meta(), true);

    assertThat(message.rebased(ID, commit(forged), 1).message())
        .isEqualTo(
            "Fix\n\n> Squashed-from: "
                + "d".repeat(40)
                + "\n> Signed-off-by: Linus <l@x>\n\nProposal: p\nAgent: ada\nRebased-from: "
                + ID
                + " (1)\nSigned-off-by: ada <ada@s.invalid>\n");
  }

  @Test
  void aSquashListsWhatItSquashed() {
    var message = new LandingMessage(meta(), false);

    assertThat(
            message
                .squashed(ID, commit("two\n\nWhy"), List.of(commit("one"), commit("two")), true)
                .message())
        .isEqualTo(
            "Title\n\nWhy\n\n* …\n* one\n* two\n\nProposal: p\nAgent: ada\nSquashed-from: "
                + ID
                + "\n");
  }

  private static CommitMeta meta() {
    return new CommitMeta(
        "ada", "ada@s.invalid", "QuDAG", "hub@s.invalid", 1, "Title\n\nProposal: p\nAgent: ada\n");
  }

  private static byte[] commit(String message) {
    return ("tree x\nauthor a\ncommitter b\n\n" + message).getBytes(StandardCharsets.UTF_8);
  }
}
