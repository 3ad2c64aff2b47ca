package dev.qudag.merge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitBuilderTest {
  private static final ObjectId BASE = ObjectId.of("1".repeat(40));
  private static final ObjectId HEAD = ObjectId.of("2".repeat(40));

  @Test
  void writesWhatGitWrites() {
    var bytes =
        CommitBuilder.merge(ObjectId.EMPTY_TREE, BASE, HEAD, meta("Ada", "Merge\n\nbody\n\n\n"));

    assertThat(new String(bytes, UTF_8))
        .isEqualTo(
            """
            tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904
            parent 1111111111111111111111111111111111111111
            parent 2222222222222222222222222222222222222222
            author Ada <ada@example.org> 1700000000 +0000
            committer QuDAG <hub@qudag.dev> 1700000000 +0000

            Merge

            body
            """);
  }

  @Test
  void idsAreGitsOwn() {
    assertThat(CommitBuilder.idOf("blob", new byte[0]).hex())
        .isEqualTo("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    assertThat(CommitBuilder.idOf("tree", new byte[0])).isEqualTo(ObjectId.EMPTY_TREE);
  }

  @Test
  void everyFieldIsInTheId() {
    var ids =
        List.of(
            id(ObjectId.EMPTY_TREE, BASE, HEAD, meta("Ada", "m")),
            id(BASE, BASE, HEAD, meta("Ada", "m")),
            id(ObjectId.EMPTY_TREE, HEAD, BASE, meta("Ada", "m")),
            id(ObjectId.EMPTY_TREE, BASE, HEAD, meta("Eve", "m")),
            id(ObjectId.EMPTY_TREE, BASE, HEAD, meta("Ada", "n")));

    assertThat(ids).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "Ada\nparent 3", "Ada <x>", "Ada\u0000", " Ada", "a\u202eb"})
  void aNameThatCouldForgeAHeaderIsRefused(String name) {
    assertThatThrownBy(() -> meta(name, "m"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("author name must be");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "a\u0000b"})
  void aMessageWithoutTextOrWithNulIsRefused(String message) {
    assertThatThrownBy(() -> meta("Ada", message)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "main",
        "--upload-pack=x",
        "HEAD",
        "1111",
        "G111111111111111111111111111111111111111",
        "A111111111111111111111111111111111111111"
      })
  void whatIsNoIdIsRefused(String text) {
    assertThat(ObjectId.parse(text)).isEmpty();
    assertThatThrownBy(() -> ObjectId.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "main",
        "-d",
        "refs",
        "refs/",
        "refs/heads/",
        "refs/heads/-x",
        "refs/heads/a..b",
        "refs/heads/a.lock",
        "refs/heads/a b",
        "refs/heads/a\n",
        "refs/heads/.a",
        "refs/heads/a@{1}",
        "refs/heads/a."
      })
  void whatIsNoFullRefNameIsRefused(String text) {
    assertThat(RefName.isValid(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "refs/heads/main",
        "refs/heads/feature/x-1.2_y",
        "refs/notes/qudag",
        "refs/proposals/mp-0a"
      })
  void ordinaryRefNamesPass(String text) {
    assertThat(RefName.isValid(text)).isTrue();
  }

  private static ObjectId id(ObjectId tree, ObjectId base, ObjectId head, CommitMeta meta) {
    return CommitBuilder.id(CommitBuilder.merge(tree, base, head, meta));
  }

  private static CommitMeta meta(String author, String message) {
    return new CommitMeta(
        author, "ada@example.org", "QuDAG", "hub@qudag.dev", 1_700_000_000, message);
  }
}
