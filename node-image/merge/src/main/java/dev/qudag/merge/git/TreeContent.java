package dev.qudag.merge.git;

import dev.qudag.crypto.recent.RecentMap;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.tree.TreeDigest;
import dev.qudag.merge.tree.TreeObject;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Digests of trees by their content. Remembers files and directories by id, so that only what has
 * changed is read: this repository holds one content for one id, whatever anyone else may have made
 * of the same SHA-1.
 *
 * <p>Git keeps directories without a file, and who inspects a tree by its files does not see them.
 * They may be nested as deep, and be there as often, as a stranger likes: below where a path ends
 * nobody looks, and what has no file is remembered too.
 */
public final class TreeContent {
  private static final int REMEMBERED = 200_000;

  /** Of directories in one another, held at once: as entries they take several times as much. */
  private static final long MOST_HELD_BYTES = 12L * 1024 * 1024;

  private final GitRepository repository;
  private final Map<ObjectId, Optional<byte[]>> digests = RecentMap.byUse(REMEMBERED);

  public TreeContent(GitRepository repository) {
    this.repository = repository;
  }

  /**
   * {@link TreeDigest} of a tree (or of a commit's tree) of the repository, 32 bytes.
   *
   * @param treeish inspected: no file of it has a longer path than the limits allow
   * @throws TooWideException when its directories are so wide that reading them fills the memory
   */
  public synchronized byte[] digest(ObjectId treeish) {
    try (var objects = repository.objects()) {
      var tree =
          objects
              .treeOf(treeish)
              .orElseThrow(() -> new IllegalStateException("no tree " + treeish + " here"));
      return directory(objects, tree, 0, 0).orElseGet(() -> TreeDigest.directory(List.of()));
    }
  }

  /** A directory with more entries than are read. */
  public static final class TooWideException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private TooWideException(String message) {
      super(message);
    }
  }

  private static byte[] file(ObjectReader objects, ObjectId blob) {
    var sha256 = TreeDigest.sha256();
    objects.copy(blob, new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
    return sha256.digest();
  }

  /**
   * Empty for one without a file.
   *
   * @param depth directories above it
   * @param above bytes of those
   */
  private Optional<byte[]> directory(ObjectReader objects, ObjectId tree, int depth, long above) {
    if (shortestPathIn(depth) > repository.limits().pathBytes()) {
      return Optional.empty();
    }
    var held = above + objects.info(tree).map(ObjectReader.Info::size).orElse(0L);
    if (held > MOST_HELD_BYTES) {
      throw new TooWideException(
          "the tree %s and those that it is in have %d bytes, at most %d are read"
              .formatted(tree, held, MOST_HELD_BYTES));
    }
    var children = new ArrayList<TreeDigest.Child>();
    for (var item : TreeObject.parse(objects.content(tree)).items()) {
      var digest = digests.get(item.id());
      if (digest == null) {
        digest =
            item.isDirectory()
                ? directory(objects, item.id(), depth + 1, held)
                : Optional.of(file(objects, item.id()));
        digests.put(item.id(), digest);
      }
      digest.ifPresent(
          known -> children.add(new TreeDigest.Child(item.mode(), item.name(), known)));
    }
    return children.isEmpty() ? Optional.empty() : Optional.of(TreeDigest.directory(children));
  }

  /** Bytes of the path of a file below so many directories, each of one letter. */
  private static int shortestPathIn(int depth) {
    return 2 * depth + 1;
  }
}
