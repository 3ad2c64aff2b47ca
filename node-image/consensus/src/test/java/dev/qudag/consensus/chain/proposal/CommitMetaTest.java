package dev.qudag.consensus.chain.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.qudag.consensus.chain.TestingChain;
import dev.qudag.consensus.chain.field.Fields;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitMetaTest {
  private static final AuthorStatement STATEMENT = new TestingChain(1).statement("a");

  @Test
  void followsFromTheStatement() {
    AuthorStatement statement = STATEMENT;
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
    AuthorStatement s = STATEMENT;
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

  /** An exception here would stop every validator, and anybody may propose a statement. */
  @Property
  void everyStatementHasOneCommit(
      @ForAll("texts") String agent, @ForAll("texts") String title, @ForAll("texts") String swarm) {
    AuthorStatement s = STATEMENT;
    AuthorStatement hostile;
    try {
      hostile =
          new AuthorStatement(
              s.chainId(),
              s.workspaceUid(),
              agent,
              agent,
              s.commit(),
              s.branch(),
              title,
              Long.MAX_VALUE);
      Fields.name("swarm", swarm);
    } catch (IllegalArgumentException refused) {
      return;
    }
    CommitMeta meta = CommitMeta.of(hostile, swarm);
    assertThat(meta.authorName()).matches("[A-Za-z0-9._-]{1,63}");
    assertThat(meta).isEqualTo(CommitMeta.of(hostile, swarm));
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(256);
    Arbitrary<String> printable =
        Arbitraries.strings().withChars("aZ9._-<>@é漢 \u00a0\u3000").ofMinLength(1).ofMaxLength(253);
    return Arbitraries.oneOf(
        any, printable, printable.map(text -> "x".repeat(252) + text.charAt(0)));
  }
}
