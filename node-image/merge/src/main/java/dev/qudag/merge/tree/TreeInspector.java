package dev.qudag.merge.tree;

import static dev.qudag.merge.Refusal.Reason.HostileTree;
import static dev.qudag.merge.Refusal.Reason.TooLarge;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Printable;
import dev.qudag.merge.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Judges the leaves of a tree before anything checks them out. Refuses what could leave the tree,
 * become a repository, hide from a reader, or be overwritten by another path of the same tree.
 */
public final class TreeInspector {
  private static final int MAX_COMPONENT_BYTES = 255;
  private static final Set<String> MODES =
      Set.of(TreeEntry.FILE, TreeEntry.EXECUTABLE, TreeEntry.SYMLINK);

  private final TreeLimits limits;

  public TreeInspector(TreeLimits limits) {
    this.limits = limits;
  }

  /**
   * The first reason to refuse, in the tree's order.
   *
   * @param linkTarget reads the content of a symlink's blob; asked only for links no longer than 1
   *     KiB
   */
  public Optional<Refusal> inspect(List<TreeEntry> entries, Function<ObjectId, byte[]> linkTarget) {
    if (entries.size() > limits.files()) {
      return refuse(TooLarge, "%d files, at most %d are allowed", entries.size(), limits.files());
    }
    var files = new HashSet<String>();
    var total = 0L;
    for (var entry : entries) {
      total += Math.max(0, entry.size());
      var refusal = inspect(entry, linkTarget).or(() -> collision(text(entry), files));
      if (refusal.isPresent()) {
        return refusal;
      }
      if (total > limits.treeBytes()) {
        return refuse(TooLarge, "more than %d bytes in all files", limits.treeBytes());
      }
    }
    return Optional.empty();
  }

  private Optional<Refusal> inspect(TreeEntry entry, Function<ObjectId, byte[]> linkTarget) {
    var decoded = decode(entry.path());
    if (decoded.isEmpty()) {
      return refuse(HostileTree, "a path that is not UTF-8: '%s'", Printable.of(text(entry)));
    }
    var path = decoded.get();
    var shown = Printable.of(path);
    if (entry.mode().equals(TreeEntry.SUBMODULE)) {
      return refuse(HostileTree, "'%s' is a submodule; submodules are not supported", shown);
    }
    if (!MODES.contains(entry.mode())) {
      return refuse(HostileTree, "'%s' has the mode %s", shown, entry.mode());
    }
    return path(path, shown, entry.path().length)
        .or(() -> size(entry, shown))
        .or(() -> entry.isSymlink() ? link(entry, path, shown, linkTarget) : Optional.empty());
  }

  private Optional<Refusal> path(String path, String shown, int bytes) {
    if (bytes > limits.pathBytes()) {
      return refuse(HostileTree, "a path of %d bytes, at most %d", bytes, limits.pathBytes());
    }
    for (var part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return refuse(HostileTree, "'%s' is not a path inside the tree", shown);
      }
      if (DotGit.isSpelling(part) || DotGit.isForbiddenFile(part)) {
        return refuse(HostileTree, "'%s' names a version control file", shown);
      }
      if (part.getBytes(StandardCharsets.UTF_8).length > MAX_COMPONENT_BYTES) {
        return refuse(HostileTree, "a name of more than 255 bytes in '%s'", shown);
      }
    }
    if (path.codePoints().anyMatch(Printable::isControl)) {
      return refuse(HostileTree, "control characters in the path '%s'", shown);
    }
    return path.indexOf('\\') >= 0
        ? refuse(HostileTree, "a backslash in the path '%s'", shown)
        : Optional.empty();
  }

  private Optional<Refusal> size(TreeEntry entry, String shown) {
    return entry.size() > limits.fileBytes()
        ? refuse(TooLarge, "'%s' has %d bytes, at most %d", shown, entry.size(), limits.fileBytes())
        : Optional.empty();
  }

  private Optional<Refusal> link(
      TreeEntry entry, String path, String shown, Function<ObjectId, byte[]> linkTarget) {
    if (entry.size() > SymlinkTarget.MAX_BYTES) {
      return refuse(HostileTree, "the link '%s' has a target of %d bytes", shown, entry.size());
    }
    var target = decode(linkTarget.apply(entry.id()));
    if (target.isEmpty()) {
      return refuse(HostileTree, "the link '%s' has a target that is not UTF-8", shown);
    }
    return SymlinkTarget.escapes(path, target.get())
        ? refuse(
            HostileTree,
            "the link '%s' leads out of the tree: '%s'",
            shown,
            Printable.of(target.get()))
        : Optional.empty();
  }

  /** The same path twice, or a path below a file: Git would check out one over the other. */
  private static Optional<Refusal> collision(String path, Set<String> files) {
    if (!files.add(path)) {
      return refuse(HostileTree, "'%s' is there twice", Printable.of(path));
    }
    for (var end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (files.contains(path.substring(0, end))) {
        return refuse(
            HostileTree, "'%s' is a file and a directory", Printable.of(path.substring(0, end)));
      }
    }
    return Optional.empty();
  }

  private static String text(TreeEntry entry) {
    return new String(entry.path(), StandardCharsets.UTF_8);
  }

  private static Optional<String> decode(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Optional<Refusal> refuse(Refusal.Reason reason, String form, Object... args) {
    return Optional.of(new Refusal(reason, form.formatted(args)));
  }
}
