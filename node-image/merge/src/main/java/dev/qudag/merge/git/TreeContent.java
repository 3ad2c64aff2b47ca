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
 */
public final class TreeContent {
  private static final int REMEMBERED = 200_000;

  private final GitRepository repository;
  private final Map<ObjectId, byte[]> digests = RecentMap.byUse(REMEMBERED);

  public TreeContent(GitRepository repository) {
    this.repository = repository;
  }

  /**
   * {@link TreeDigest} of a tree (or of a commit's tree) of the repository, 32 bytes.
   *
   * @param treeish inspected: it has no deeper directories than a path may have
   */
  public synchronized byte[] digest(ObjectId treeish) {
    try (var objects = repository.objects()) {
      var tree =
          objects
              .treeOf(treeish)
              .orElseThrow(() -> new IllegalStateException("no tree " + treeish + " here"));
      return directory(objects, tree).orElseGet(() -> TreeDigest.directory(List.of()));
    }
  }

  private static byte[] file(ObjectReader objects, ObjectId blob) {
    var sha256 = TreeDigest.sha256();
    objects.copy(blob, new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
    return sha256.digest();
  }

  /** Empty for one without a file. */
  private Optional<byte[]> directory(ObjectReader objects, ObjectId tree) {
    var children = new ArrayList<TreeDigest.Child>();
    for (var item : TreeObject.parse(objects.content(tree)).items()) {
      known(item.id())
          .or(() -> digest(objects, item))
          .ifPresent(
              digest -> {
                digests.put(item.id(), digest);
                children.add(new TreeDigest.Child(item.mode(), item.name(), digest));
              });
    }
    return children.isEmpty() ? Optional.empty() : Optional.of(TreeDigest.directory(children));
  }

  private Optional<byte[]> known(ObjectId id) {
    return Optional.ofNullable(digests.get(id));
  }

  private Optional<byte[]> digest(ObjectReader objects, TreeObject.Item item) {
    return item.isDirectory()
        ? directory(objects, item.id())
        : Optional.of(file(objects, item.id()));
  }
}
