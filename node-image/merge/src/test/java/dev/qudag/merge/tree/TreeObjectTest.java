package dev.qudag.merge.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.tree.TreeObject.Item;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeObjectTest {
  private static final ObjectId ONE = ObjectId.of("1".repeat(40));

  private static Item item(String mode, String name) {
    return new Item(mode, name.getBytes(StandardCharsets.UTF_8), ONE);
  }

  private static List<String> names(TreeObject tree) {
    return tree.items().stream().map(i -> new String(i.name(), StandardCharsets.UTF_8)).toList();
  }

  /** Git compares a directory's name as if it ended in a slash. */
  @Test
  void theOrderIsGits() {
    var tree =
        new TreeObject(
            List.of(
                item(TreeObject.DIRECTORY, "a"),
                item(TreeEntry.FILE, "a0"),
                item(TreeEntry.FILE, "a.b"),
                item(TreeEntry.FILE, "ü")));

    assertThat(names(tree)).containsExactly("a.b", "a", "a0", "ü");
  }

  @Test
  void theTreeWithoutItemsHasTheIdThatGitKnows() {
    assertThat(CommitBuilder.idOf("tree", new TreeObject(List.of()).bytes()))
        .isEqualTo(ObjectId.EMPTY_TREE);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    var bytes =
        new TreeObject(List.of(item(TreeEntry.SYMLINK, "link"), item(TreeObject.DIRECTORY, "d")))
            .bytes();

    assertThat(names(TreeObject.parse(bytes))).containsExactly("d", "link");
    assertThat(TreeObject.parse(bytes).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "100644,100644",
    "100664,100644",
    "100755,100755",
    "100777,100755",
    "120777,120000",
    "040000,40000",
    "160000,160000",
    "100000100644,100644",
    "100000000000000000120000,120000",
    "60644,160000"
  })
  void aModeIsWhatGitTakesItFor(String stored, String taken) {
    var parsed = TreeObject.parse(new TreeObject(List.of(item(stored, "x"))).bytes());

    assertThat(parsed.items().getFirst().mode()).isEqualTo(taken);
  }

  @Test
  void aModeThatIsNoOctalNumberIsNoTree() {
    var bytes = new TreeObject(List.of(item("100648", "x"))).bytes();

    assertThatThrownBy(() -> TreeObject.parse(bytes)).hasMessageContaining("no octal number");
  }

  @Test
  void whatIsCutOffIsNoTree() {
    var bytes = new TreeObject(List.of(item(TreeEntry.FILE, "name"))).bytes();

    for (var length = 1; length < bytes.length; length++) {
      var cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> TreeObject.parse(cut)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
