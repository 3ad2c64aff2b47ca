package dev.qudag.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommitHeaderTest {
  private static final ObjectId ONE = ObjectId.of("1".repeat(40));
  private static final ObjectId TWO = ObjectId.of("2".repeat(40));

  private static String commit(List<ObjectId> parents, String message) {
    var meta = new CommitMeta("A b", "a@b", "C", "c@d", 1_234_567_890, message);
    return new String(CommitBuilder.bytes(ONE, parents, meta), StandardCharsets.ISO_8859_1);
  }

  @Test
  void parentsAndTimeAreRead() {
    assertThat(CommitHeader.parse(commit(List.of(TWO, ONE), "x")))
        .hasValue(new CommitHeader(List.of(TWO, ONE), 1_234_567_890));
    assertThat(CommitHeader.parse(commit(List.of(), "x")))
        .hasValue(new CommitHeader(List.of(), 1_234_567_890));
  }

  @Test
  void aMessageIsNoHeader() {
    var message = "x\n\nparent " + TWO + "\ncommitter e <e> 5 +0000\n";

    assertThat(CommitHeader.parse(commit(List.of(), message)))
        .hasValue(new CommitHeader(List.of(), 1_234_567_890));
  }

  @Test
  void whatIsCutOffWithinItsParentsIsNotRead() {
    var commit = commit(List.of(TWO, ONE), "x");
    var parentsEnd = commit.indexOf("author");

    for (var length = 0; length < parentsEnd + 6; length++) {
      assertThat(CommitHeader.parse(commit.substring(0, length))).as("%d bytes", length).isEmpty();
    }
    assertThat(CommitHeader.parse(commit.substring(0, parentsEnd + 7)))
        .hasValue(new CommitHeader(List.of(TWO, ONE), 0));
  }

  @Test
  void aSpellingThatIsNotGitsIsNotRead() {
    assertThat(CommitHeader.parse("tree x\nparent " + "A".repeat(40) + "\nauthor ")).isEmpty();
    assertThat(CommitHeader.parse("no line at all")).isEmpty();
  }

  @Test
  void aTimeBeyondAnyClockIsNone() {
    var header = "tree x\nauthor a\ncommitter c <c> " + "9".repeat(30) + " +0000\n\nx";

    assertThat(CommitHeader.parse(header)).hasValue(new CommitHeader(List.of(), 0));
  }
}
