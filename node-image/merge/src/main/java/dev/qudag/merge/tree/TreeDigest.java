package dev.qudag.merge.tree;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * SHA-256 Merkle digest of a tree's content, because Git's SHA-1 is not trusted to name it.
 *
 * <p>A file or link is SHA-256 of its bytes. A directory is SHA-256 of the tag {@code
 * qudag.dev/v1/tree} and of its entries in the order of their names' bytes, each as mode, name
 * (both with a 4-byte length, big-endian) and digest. A directory without a file, at any depth, is
 * no entry.
 */
public final class TreeDigest {
  private static final byte[] TAG = "qudag.dev/v1/tree".getBytes(StandardCharsets.UTF_8);

  private TreeDigest() {}

  /**
   * An entry of a directory.
   *
   * @param mode {@link TreeObject#DIRECTORY} or one of {@link TreeEntry}
   * @param digest SHA-256, 32 bytes
   */
  public record Child(String mode, byte[] name, byte[] digest) {}

  /**
   * @param children in any order, none of them a directory without a file
   * @return 32 bytes
   */
  public static byte[] directory(List<Child> children) {
    var sha256 = sha256();
    update(sha256, TAG);
    children.stream()
        .sorted((a, b) -> Arrays.compareUnsigned(a.name(), b.name()))
        .forEach(
            child -> {
              update(sha256, child.mode().getBytes(StandardCharsets.US_ASCII));
              update(sha256, child.name());
              sha256.update(child.digest());
            });
    return sha256.digest();
  }

  private static void update(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    digest.update(bytes);
  }

  /** A fresh SHA-256. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
