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
 * Bytes kept beside a commit, such as its certificate, under {@code refs/notes/…}: what git-notes(1)
 * reads. A note is a file in a tree, named by the commit, its first two digits as a folder (git's
 * notes.c reads folders at every second digit). Writing the same twice is one note.
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
    if (noted(root, commit).filter(blob::equals).isPresent()) {
      return;
    }
    var name = commit.hex().substring(0, FOLDER_DIGITS);
    var note = item(TreeEntry.FILE, commit.hex().substring(FOLDER_DIGITS), blob);
    var notes = repository.writeTree(folder(root, commit).with(note));
    var next =
        root.without(commit.hex().getBytes(StandardCharsets.US_ASCII))
            .with(item(TreeObject.DIRECTORY, name, notes));
    var written =
        repository.writeCommit(
            CommitBuilder.bytes(
                repository.writeTree(next), tip.stream().toList(), about(commit, meta)));
    if (!repository.update(ref, written, tip.orElse(ObjectId.ZERO))) {
      throw new IllegalStateException(ref + " was moved by somebody else");
    }
  }

  public Optional<byte[]> read(ObjectId commit) {
    return repository
        .ref(ref)
        .flatMap(tip -> noted(tree(tip), commit))
        .map(repository::content);
  }

  /** In its folder, or where git puts it as long as there are few. */
  private Optional<ObjectId> noted(TreeObject root, ObjectId commit) {
    var rest = commit.hex().substring(FOLDER_DIGITS).getBytes(StandardCharsets.US_ASCII);
    return folder(root, commit)
        .find(rest)
        .or(() -> root.find(commit.hex().getBytes(StandardCharsets.US_ASCII)))
        .map(Item::id);
  }

  private TreeObject folder(TreeObject root, ObjectId commit) {
    var name = commit.hex().substring(0, FOLDER_DIGITS).getBytes(StandardCharsets.US_ASCII);
    return root.find(name).filter(Item::isDirectory).map(Item::id).map(this::tree).orElse(NONE);
  }

  private TreeObject tree(ObjectId treeish) {
    var tree =
        repository
            .treeOf(treeish)
            .orElseThrow(() -> new IllegalStateException("no tree " + treeish + " of " + ref));
    return TreeObject.parse(repository.content(tree));
  }

  private static Item item(String mode, String name, ObjectId id) {
    return new Item(mode, name.getBytes(StandardCharsets.US_ASCII), id);
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
