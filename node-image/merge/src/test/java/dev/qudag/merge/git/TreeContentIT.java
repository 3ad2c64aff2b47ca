package dev.qudag.merge.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.tree.TestingTreeDigest;
import dev.qudag.merge.tree.TreeDigest;
import dev.qudag.merge.tree.TreeEntry;
import dev.qudag.merge.tree.TreeObject;
import dev.qudag.merge.tree.TreeObject.Item;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A digest that is put together from what is remembered is that of all files. */
class TreeContentIT {
  @TempDir Path directory;
  private TestingHistory history;
  private GitRepository repository;
  private TreeContent content;

  @BeforeEach
  void init() {
    history = TestingHistory.in(directory.resolve("hub.git"));
    repository = history.repository;
    content = new TreeContent(repository);
  }

  /** Of the files as git lists them. */
  private byte[] ofAllFiles(ObjectId treeish) {
    return TestingTreeDigest.of(
        repository.entries(treeish), id -> TreeDigest.sha256().digest(repository.content(id)));
  }

  private ObjectId tree(Item... items) {
    return repository.writeTree(new TreeObject(List.of(items)));
  }

  private static Item item(String mode, String name, ObjectId id) {
    return new Item(mode, name.getBytes(UTF_8), id);
  }

  @Test
  void eachCommitOfAHistoryHasTheDigestOfItsFiles() {
    for (var commit : new TestingRandomHistory(repository, 7).grow(30).commits()) {
      assertThat(content.digest(commit)).isEqualTo(ofAllFiles(commit));
    }
  }

  @Test
  void theOrderIsThatOfTheNamesAlone() {
    var tree = repository.writeTree(TestingHistory.files("a/b", "1", "a.b", "2", "a0", "3"));

    assertThat(content.digest(tree)).isEqualTo(ofAllFiles(tree));
  }

  @Test
  void aDirectoryWithoutAFileIsNothing() {
    var empty = tree();
    var file = repository.writeTree(TestingHistory.files("a", "1"));
    var blob = history.blob("1");
    var hollow = tree(item(TreeObject.DIRECTORY, "e", empty));
    var both = tree(item(TreeEntry.FILE, "a", blob), item(TreeObject.DIRECTORY, "d", hollow));

    assertThat(content.digest(both)).isEqualTo(content.digest(file)).isEqualTo(ofAllFiles(both));
    assertThat(content.digest(empty))
        .isEqualTo(content.digest(hollow))
        .isEqualTo(ofAllFiles(empty));
  }

  /** Git takes them, and shows none of them to who asks for files. */
  @Test
  void howeverDeepDirectoriesWithoutAFileAreTheyAreNothing() {
    var blob = history.blob("1");
    var hollow = tree();
    for (var depth = 0; depth < 2_000; depth++) {
      hollow = tree(item(TreeObject.DIRECTORY, "d", hollow));
    }
    var deep = tree(item(TreeEntry.FILE, "a", blob), item(TreeObject.DIRECTORY, "d", hollow));

    assertThat(content.digest(deep))
        .isEqualTo(content.digest(tree(item(TreeEntry.FILE, "a", blob))));
  }

  /** Two to the power of forty of them, in forty objects. */
  @Test
  void howeverOftenADirectoryWithoutAFileIsThereItIsReadOnce() {
    var blob = history.blob("1");
    var hollow = tree();
    for (var depth = 0; depth < 40; depth++) {
      hollow =
          tree(item(TreeObject.DIRECTORY, "a", hollow), item(TreeObject.DIRECTORY, "b", hollow));
    }
    var many = tree(item(TreeEntry.FILE, "a", blob), item(TreeObject.DIRECTORY, "d", hollow));

    assertThat(content.digest(many))
        .isEqualTo(content.digest(tree(item(TreeEntry.FILE, "a", blob))));
  }

  /** Four hundred thousand of them in one directory: no limit of files holds for them. */
  @Test
  void aDirectoryThatIsTooWideIsNotRead() {
    var bytes = new ByteArrayOutputStream();
    var empty = HexFormat.of().parseHex(tree().hex());
    for (var i = 0; i < 400_000; i++) {
      bytes.writeBytes("40000 d%06d\0".formatted(i).getBytes(UTF_8));
      bytes.writeBytes(empty);
    }
    var wide = history.rawTree(bytes.toByteArray());
    var below = tree(item(TreeObject.DIRECTORY, "d", wide));

    assertThatThrownBy(() -> content.digest(below))
        .isInstanceOf(TreeContent.TooWideException.class)
        .hasMessageContaining(wide.hex());
  }

  @Test
  void aFileAsDeepAsAPathMayLeadIsPartOfIt() {
    var path = "d/".repeat(repository.limits().pathBytes() / 2 - 1) + "f";
    var deep = repository.writeTree(TestingHistory.files(path, "1"));

    assertThat(content.digest(deep)).isEqualTo(ofAllFiles(deep));
  }

  /** Git takes both, strict or not. */
  @ParameterizedTest
  @ValueSource(strings = {"100664", "100000100644"})
  void anOddModeIsWhatGitTakesItFor(String mode) {
    var tree = history.rawTree(mode, "a".getBytes(UTF_8), history.blob("1"));

    assertThat(content.digest(tree))
        .isEqualTo(content.digest(repository.writeTree(TestingHistory.files("a", "1"))))
        .isEqualTo(ofAllFiles(tree));
  }
}
