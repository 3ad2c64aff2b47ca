package dev.qudag.merge;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes a commit's bytes and knows its id before Git has seen it (gitformat: "commit", size, NUL,
 * headers, message).
 *
 * <p>No environment, configuration or clock takes part, so hub and validators get the same id from
 * the same fields.
 */
public final class CommitBuilder {
  private CommitBuilder() {}

  /** The landing commit: first parent is the branch, second the proposal. */
  public static byte[] merge(ObjectId tree, ObjectId base, ObjectId head, CommitMeta meta) {
    return bytes(tree, List.of(base, head), meta);
  }

  /** The commit that undoes another: its only parent is the branch. */
  public static byte[] revert(ObjectId tree, ObjectId base, CommitMeta meta) {
    return bytes(tree, List.of(base), meta);
  }

  public static byte[] bytes(ObjectId tree, List<ObjectId> parents, CommitMeta meta) {
    var out = new StringBuilder("tree ").append(tree).append('\n');
    for (var parent : parents) {
      out.append("parent ").append(parent).append('\n');
    }
    identity(out, "author", meta.authorName(), meta.authorEmail(), meta.epochSeconds());
    identity(out, "committer", meta.committerName(), meta.committerEmail(), meta.epochSeconds());
    out.append('\n').append(meta.message().stripTrailing()).append('\n');
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  public static ObjectId id(byte[] commit) {
    return idOf("commit", commit);
  }

  /**
   * Git's name for an object: SHA-1 over its type, size and bytes. A name, not a proof: see
   * TreeDigest.
   */
  public static ObjectId idOf(String type, byte[] content) {
    try {
      var sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update((type + " " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
      return new ObjectId(HexFormat.of().formatHex(sha1.digest(content)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  private static void identity(
      StringBuilder out, String role, String name, String email, long epochSeconds) {
    out.append(role).append(' ').append(name).append(" <").append(email).append("> ");
    out.append(epochSeconds).append(" +0000\n");
  }
}
