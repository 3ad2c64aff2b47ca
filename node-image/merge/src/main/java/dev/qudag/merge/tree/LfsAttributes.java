package dev.qudag.merge.tree;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Printable;
import dev.qudag.merge.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Files of Git LFS. The repository holds pointers to them and not their content, which neither hub
 * nor workspaces fetch: what is checked, merged and signed would be the pointers. Source:
 * gitattributes(5), git-lfs's specification.
 */
public final class LfsAttributes {
  private static final String FILE = ".gitattributes";

  private LfsAttributes() {}

  /**
   * The first attributes file, in the tree's order, that has Git LFS filter something. Git reads no
   * attributes from a link.
   *
   * @param content reads a blob
   */
  public static Optional<Refusal> refusal(
      List<TreeEntry> entries, Function<ObjectId, byte[]> content) {
    return entries.stream()
        .filter(entry -> !entry.isSymlink() && isAttributes(path(entry)))
        .flatMap(entry -> refusal(path(entry), text(content.apply(entry.id()))).stream())
        .findFirst();
  }

  /**
   * What is said of one file.
   *
   * @return empty when it is no attributes file, or has Git LFS filter nothing
   */
  public static Optional<Refusal> refusal(String path, String content) {
    return isAttributes(path) && filters(content)
        ? Optional.of(
            new Refusal(
                Refusal.Reason.LfsUnsupported,
                "'%s' has filter=lfs, and Git LFS is not supported: take that out of it, and commit the files themselves (git lfs migrate export --include='*')"
                    .formatted(Printable.of(path))))
        : Optional.empty();
  }

  private static boolean isAttributes(String path) {
    return path.equals(FILE) || path.endsWith("/" + FILE);
  }

  /** A line is a pattern, or the name of a macro, and attributes. */
  private static boolean filters(String content) {
    return content
        .lines()
        .map(String::strip)
        .filter(line -> !line.startsWith("#"))
        .anyMatch(line -> Arrays.stream(line.split("\\s+")).skip(1).anyMatch("filter=lfs"::equals));
  }

  private static String path(TreeEntry entry) {
    return new String(entry.path(), StandardCharsets.UTF_8);
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.ISO_8859_1);
  }
}
