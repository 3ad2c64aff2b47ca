package dev.qudag.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitMetaTest {
  private final TestingChain chain = new TestingChain(1);

  @Test
  void followsFromTheStatement() {
    AuthorStatement statement = chain.statement("a");
    CommitMeta meta = CommitMeta.of(statement, "hello");
    assertThat(meta.authorName()).isEqualTo("ada");
    assertThat(meta.authorEmail()).isEqualTo("ada@hello.qudag.invalid");
    assertThat(meta.epochSeconds()).isEqualTo(1_700_000_000L);
    assertThat(meta.message())
        .isEqualTo(
            "Change a\n\nProposal: " + statement.proposal() + "\nWorkspace: ada\nAgent: ada\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<ada>", "ada lovelace", "..", "Ünïcode", "a<b>c"})
  void everyAgentHasACommitThatGitTakes(String agent) {
    AuthorStatement s = chain.statement("a");
    AuthorStatement named =
        new AuthorStatement(
            s.chainId(),
            s.workspaceUid(),
            s.workspaceName(),
            agent,
            s.commit(),
            s.branch(),
            "",
            s.timeMillis());
    CommitMeta meta = CommitMeta.of(named, "hello");
    assertThat(meta.authorEmail()).matches("[A-Za-z0-9._-]+@hello.qudag.invalid");
    assertThat(meta.message()).startsWith("Merge " + named.proposal());
  }

  @Test
  void refusesWhatWouldForgeAHeaderLine() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CommitMeta("a\ntree x", "a@b", "c", "c@d", 0, "m\n"))
        .withMessageContaining("authorName");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CommitMeta("a", "a>", "c", "c@d", 0, "m\n"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CommitMeta("a", "a@b", "c", "c@d", 0, "no end"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CommitMeta("a", "a@b", "c", "c@d", -1, "m\n"));
  }
}
