package dev.qudag.merge.tree;

import dev.qudag.merge.ObjectId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The digest of {@link TreeDigest} from all files of a tree at once, written a second time. */
public final class TestingTreeDigest {
  private static final byte[] TAG = "qudag.dev/v1/tree".getBytes(StandardCharsets.UTF_8);
  private static final String DIRECTORY = "40000";

  private TestingTreeDigest() {}

  /**
   * @param entries all leaves of the tree
   * @param blobDigest SHA-256 of a blob's bytes, 32 bytes
   */
  public static byte[] of(List<TreeEntry> entries, Function<ObjectId, byte[]> blobDigest) {
    var root = new Directory();
    for (var entry : entries) {
      root.add(entry, 0, blobDigest);
    }
    return root.digest();
  }

  private sealed interface Node {
    byte[] digest();

    String mode();
  }

  private record Leaf(String mode, byte[] digest) implements Node {}

  private static final class Directory implements Node {
    private final Map<ByteBuffer, Node> children =
        new TreeMap<>((a, b) -> Arrays.compareUnsigned(a.array(), b.array()));

    void add(TreeEntry entry, int from, Function<ObjectId, byte[]> blobDigest) {
      var path = entry.path();
      var slash = from;
      while (slash < path.length && path[slash] != '/') {
        slash++;
      }
      var name = ByteBuffer.wrap(Arrays.copyOfRange(path, from, slash));
      if (slash == path.length) {
        children.put(name, new Leaf(entry.mode(), blobDigest.apply(entry.id())));
      } else if (children.computeIfAbsent(name, _ -> new Directory()) instanceof Directory below) {
        below.add(entry, slash + 1, blobDigest);
      } else {
        throw new IllegalArgumentException("a path below a file: inspect a tree before its digest");
      }
    }

    @Override
    public String mode() {
      return DIRECTORY;
    }

    @Override
    public byte[] digest() {
      var sha256 = TreeDigest.sha256();
      update(sha256, TAG);
      children.forEach(
          (name, child) -> {
            update(sha256, child.mode().getBytes(StandardCharsets.US_ASCII));
            update(sha256, name.array());
            sha256.update(child.digest());
          });
      return sha256.digest();
    }
  }

  private static void update(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    digest.update(bytes);
  }
}
