package dev.qudag.merge.git;

import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.CommitMeta;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.tree.TreeEntry;
import dev.qudag.merge.tree.TreeObject;
import dev.qudag.merge.tree.TreeObject.Item;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Bytes kept beside a commit, such as its certificate, under {@code refs/notes/…}: what
 * git-notes(1) reads. A note is a file in a tree, named by the commit; as notes grow in number, its
 * first digits become folders, two and two (git's notes.c). Writing the same twice is one note.
 */
public final class Notes {
  private static final TreeObject NONE = new TreeObject(List.of());
  private static final int FOLDER_DIGITS = 2;

  private final GitRepository repository;
  private final RefName ref;

  public Notes(GitRepository repository, RefName ref) {
    if (!ref.full().startsWith("refs/notes/")) {
      throw new IllegalArgumentException("notes are below refs/notes/, not " + ref);
    }
    this.repository = repository;
    this.ref = ref;
  }

  /**
   * @param meta of the note's own commit, so that its id depends on no clock
   * @throws IllegalStateException when somebody else moves the notes
   */
  public void write(ObjectId commit, byte[] content, CommitMeta meta) {
    var blob = repository.writeBlob(content);
    var tip = repository.ref(ref);
    var root = tip.map(this::tree).orElse(NONE);
    if (find(root, commit.hex()).filter(blob::equals).isPresent()) {
      return;
    }
    var tree = repository.writeTree(inFolder(root, commit.hex(), blob));
    var bytes = CommitBuilder.bytes(tree, tip.stream().toList(), about(commit, meta));
    if (!repository.update(ref, repository.writeCommit(bytes), tip.orElse(ObjectId.ZERO))) {
      throw new IllegalStateException(ref + " was moved by somebody else");
    }
  }

  public Optional<byte[]> read(ObjectId commit) {
    return repository
        .ref(ref)
        .flatMap(tip -> find(tree(tip), commit.hex()))
        .map(repository::content);
  }

  /** Here, or in the folder that the name leads to. */
  private Optional<ObjectId> find(TreeObject tree, String name) {
    return tree.find(ascii(name))
        .map(Item::id)
        .or(() -> folder(tree, name).flatMap(below -> find(below, name.substring(FOLDER_DIGITS))));
  }

  /** In the folders that are there already, and in one at least. */
  private TreeObject inFolder(TreeObject tree, String name, ObjectId blob) {
    var rest = name.substring(FOLDER_DIGITS);
    var below = folder(tree, name).orElse(NONE);
    var isDeeper = folder(below, rest).isPresent();
    var folder =
        isDeeper ? inFolder(below, rest, blob) : below.with(item(TreeEntry.FILE, rest, blob));
    var digits = name.substring(0, FOLDER_DIGITS);
    return tree.without(ascii(name))
        .with(item(TreeObject.DIRECTORY, digits, repository.writeTree(folder)));
  }

  private Optional<TreeObject> folder(TreeObject tree, String name) {
    return name.length() <= FOLDER_DIGITS
        ? Optional.empty()
        : tree.find(ascii(name.substring(0, FOLDER_DIGITS)))
            .filter(Item::isDirectory)
            .map(found -> tree(found.id()));
  }

  private TreeObject tree(ObjectId treeish) {
    var tree =
        repository
            .treeOf(treeish)
            .orElseThrow(() -> new IllegalStateException("no tree " + treeish + " of " + ref));
    return TreeObject.parse(repository.content(tree));
  }

  private static Item item(String mode, String name, ObjectId id) {
    return new Item(mode, ascii(name), id);
  }

  private static byte[] ascii(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }

  private static CommitMeta about(ObjectId commit, CommitMeta meta) {
    return new CommitMeta(
        meta.authorName(),
        meta.authorEmail(),
        meta.committerName(),
        meta.committerEmail(),
        meta.epochSeconds(),
        "Note on " + commit);
  }
}
