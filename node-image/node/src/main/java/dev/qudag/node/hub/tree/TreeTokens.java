package dev.qudag.node.hub.tree;

import dev.qudag.crypto.Digest;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.disk.DurableFiles;
import dev.qudag.node.hub.book.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The rights to fetch one tree for one Job. Kept as digests, so that the volume's reader holds no
 * token; on disk, so that a hub that was restarted does not fail the checks that are under way.
 */
public final class TreeTokens {
  private static final int TOKEN_BYTES = 32;

  /** More checks than ever run at once; the oldest rights end first. */
  private static final int KEPT = 512;

  private record Right(String job, ObjectId tree, Digest token) {}

  private record Rights(List<Right> rights) {}

  private final Path file;
  private final SecureRandom random = new SecureRandom();
  private final List<Right> rights;

  private TreeTokens(Path file, List<Right> rights) {
    this.file = file;
    this.rights = new ArrayList<>(rights);
  }

  public static TreeTokens open(Path file) throws IOException {
    Optional<byte[]> json = DurableFiles.read(file);
    return new TreeTokens(
        file, json.isPresent() ? Json.read(json.get(), Rights.class).rights() : List.of());
  }

  /**
   * A new token for the Job. Those it had stay good: of two passes that start the same Job only one
   * makes it, and it need not be the one that asked last.
   */
  public synchronized String issue(String job, ObjectId tree) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    rights.add(new Right(job, tree, digest(token)));
    if (rights.size() > KEPT) {
      rights.removeFirst();
    }
    try {
      DurableFiles.write(file, Json.write(new Rights(rights)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the token of " + job, e);
    }
    return token;
  }

  /** The tree that the token is good for. */
  public synchronized Optional<ObjectId> treeOf(String token) {
    Digest digest = digest(token);
    return rights.stream()
        .filter(right -> right.token().equals(digest))
        .map(Right::tree)
        .findFirst();
  }

  private static Digest digest(String token) {
    return Digest.sha256(token.getBytes(StandardCharsets.UTF_8));
  }
}
