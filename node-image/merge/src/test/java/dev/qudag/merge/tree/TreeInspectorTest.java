package dev.qudag.merge.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Refusal;
import dev.qudag.merge.Refusal.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreeInspectorTest {
  private static final ObjectId ID = ObjectId.of("a".repeat(40));
  private static final TreeLimits LIMITS = new TreeLimits(3, 100, 150, 64, 1000, 10, 1000);

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".git",
        ".GIT",
        ".Git",
        "a/.git/config",
        ".g\u200cit",
        "\u200e.git",
        ".git\ufeff",
        "git~1",
        "GIT~1",
        "git~12",
        ".git ",
        ".git.",
        ".git . .",
        ".git::$INDEX_ALLOCATION",
        ".git:x",
        ".gitmodules",
        ".GITMODULES",
        ".jj",
        "x/.JJ/y"
      })
  void versionControlFilesAreHostileInEverySpelling(String path) {
    assertThat(reason(file(path))).contains(Reason.HostileTree);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        ".",
        "../x",
        "a/../b",
        "/etc",
        "a//b",
        "a/",
        "a/./b",
        "a\\b",
        "a\nb",
        "a\u0000b",
        "a\u202eb",
        "\u007f"
      })
  void pathsThatLeaveOrHideAreHostile(String path) {
    assertThat(reason(file(path))).contains(Reason.HostileTree);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".gitignore",
        ".gitattributes",
        "a/.github/x",
        "git",
        "-rf",
        "--help",
        "ü/日本",
        "a b",
        ".github",
        "x.git",
        "git~x",
        "...",
        "..a"
      })
  void ordinaryPathsPass(String path) {
    assertThat(reason(file(path))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "link, target, true",
    "a/link, ../target, true",
    "a/b/link, ../../x, true",
    "link, a/../b, true",
    "link, ./a, true",
    "link, ../x, false",
    "a/link, ../../x, false",
    "link, /etc/passwd, false",
    "link, a/../../x, false",
    "link, .git/config, false",
    "a/link, ../.GIT, false",
    "link, x/git~1/y, false"
  })
  void linksStayInTheTree(String path, String target, boolean passes) {
    var entry = new TreeEntry(TreeEntry.SYMLINK, ID, target.length(), path.getBytes(UTF_8));

    var refusal = new TreeInspector(LIMITS).inspect(List.of(entry), _ -> target.getBytes(UTF_8));

    assertThat(refusal.isEmpty()).isEqualTo(passes);
  }

  @Test
  void anEmptyOrEndlessLinkIsHostile() {
    assertThat(
            new TreeInspector(LIMITS)
                .inspect(
                    List.of(new TreeEntry(TreeEntry.SYMLINK, ID, 0, bytes("l"))), _ -> new byte[0]))
        .isPresent();
    assertThat(
            new TreeInspector(TreeLimits.DEFAULT)
                .inspect(
                    List.of(new TreeEntry(TreeEntry.SYMLINK, ID, 5000, bytes("l"))),
                    _ -> {
                      throw new AssertionError("a long target is not read");
                    }))
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"160000", "40000", "100664", "100777", "0"})
  void otherModesAreHostile(String mode) {
    assertThat(reason(new TreeEntry(mode, ID, -1, bytes("a")))).contains(Reason.HostileTree);
  }

  @Test
  void limitsHoldAtTheirEdge() {
    assertThat(reason(sized("a", 100))).isEmpty();
    assertThat(reason(sized("a", 101))).contains(Reason.TooLarge);
    assertThat(reason(sized("a", 100), sized("b", 50))).isEmpty();
    assertThat(reason(sized("a", 100), sized("b", 51))).contains(Reason.TooLarge);
    assertThat(reason(file("a"), file("b"), file("c"))).isEmpty();
    assertThat(reason(file("a"), file("b"), file("c"), file("d"))).contains(Reason.TooLarge);
    assertThat(reason(file("x".repeat(64)))).isEmpty();
    assertThat(reason(file("x".repeat(65)))).contains(Reason.HostileTree);
  }

  @Test
  void onePathHasOneEntry() {
    assertThat(reason(file("a"), file("a"))).contains(Reason.HostileTree);
    assertThat(reason(file("a"), file("a/b"))).contains(Reason.HostileTree);
    assertThat(reason(file("a/b"), file("a/c"))).isEmpty();
    assertThat(reason(file("a"), file("A"))).isEmpty();
  }

  @Test
  void aClaimOfTwoGigabytesIsTooLarge() {
    assertThat(
            new TreeInspector(TreeLimits.DEFAULT)
                .inspect(List.of(sized("big", 2L << 30)), _ -> new byte[0]))
        .contains(new Refusal(Reason.TooLarge, "'big' has 2147483648 bytes, at most 104857600"));
  }

  private static Optional<Reason> reason(TreeEntry... entries) {
    return new TreeInspector(LIMITS)
        .inspect(List.of(entries), _ -> bytes("target"))
        .map(Refusal::reason);
  }

  private static TreeEntry file(String path) {
    return new TreeEntry(TreeEntry.FILE, ID, 1, bytes(path));
  }

  private static TreeEntry sized(String path, long size) {
    return new TreeEntry(TreeEntry.FILE, ID, size, bytes(path));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
