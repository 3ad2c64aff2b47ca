package dev.qudag.merge.git;

import dev.qudag.crypto.recent.RecentMap;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.tree.TreeDigest;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.util.Map;

/**
 * Digests of trees by their content. Remembers blobs by id: this repository holds one content for
 * one id, whatever anyone else may have made of the same SHA-1.
 */
public final class TreeContent {
  private static final int REMEMBERED = 200_000;

  private final GitRepository repository;
  private final Map<ObjectId, byte[]> blobs = RecentMap.byUse(REMEMBERED);

  public TreeContent(GitRepository repository) {
    this.repository = repository;
  }

  /** {@link TreeDigest} of a tree (or of a commit's tree) of the repository, 32 bytes. */
  public synchronized byte[] digest(ObjectId treeish) {
    var entries = repository.entries(treeish);
    try (var objects = repository.objects()) {
      return TreeDigest.of(entries, id -> blobs.computeIfAbsent(id, _ -> digest(objects, id)));
    }
  }

  private static byte[] digest(ObjectReader objects, ObjectId blob) {
    var sha256 = TreeDigest.sha256();
    objects.copy(blob, new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
    return sha256.digest();
  }
}
