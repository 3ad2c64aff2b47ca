package dev.qudag.consensus.chain.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
  @ParameterizedTest
  @ValueSource(strings = {"refs/heads/main", "refs/heads/release/1.2", "refs/heads/a_b-c"})
  void takesBranches(String branch) {
    assertThat(Fields.branch(branch)).isEqualTo(branch);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "main",
        "refs/heads/",
        "refs/heads/-x",
        "refs/heads/a//b",
        "refs/heads/a..b",
        "refs/heads/.a",
        "refs/heads/a.lock",
        "refs/heads/a b",
        "refs/heads/a\n",
        "refs/notes/qudag",
        "refs/heads/../tags/x"
      })
  void refusesWhatIsNoBranch(String branch) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fields.branch(branch))
        .withMessageContaining("branch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\u001b[2Jb", "a\u202eb", "a\u2028b", "a\u0000", "a\u200bb"})
  void refusesTextThatATerminalWouldObeyOrHide(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fields.line("title", line, 256))
        .withMessageContaining("title")
        .withMessageNotContaining(line);
  }

  @Test
  void aNameIsBlankWhenItHasWhiteSpaceOnly() {
    String blank =
        " \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000";
    assertThatIllegalArgumentException().isThrownBy(() -> Fields.name("agent", blank));
    for (String solid : List.of("\u00a0", "\u2007", "\u202f")) {
      assertThat(Fields.name("agent", solid)).isEqualTo(solid);
    }
  }

  @Test
  void aCharacterBeyondTheFirstPlaneCountsTwice() {
    assertThat(Fields.line("title", "\ud83d\ude00".repeat(2), 4)).hasSize(4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fields.line("title", "\ud83d\ude00".repeat(2), 3));
  }

  @Test
  void refusesTooLongATitle() {
    assertThat(Fields.line("title", "x".repeat(256), 256)).hasSize(256);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fields.line("title", "x".repeat(257), 256))
        .withMessageContaining("257");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "ABCDEF0123456789abcdef0123456789abcdef01",
        "0123456789abcdef0123456789abcdef0123456g"
      })
  void refusesWhatIsNoObjectId(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> Fields.objectId("commit", id));
  }
}
