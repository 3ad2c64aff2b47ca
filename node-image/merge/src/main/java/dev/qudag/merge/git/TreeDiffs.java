package dev.qudag.merge.git;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Printable;
import dev.qudag.merge.git.process.Answer;
import dev.qudag.merge.git.process.Dialogues;
import dev.qudag.merge.tree.TreeEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * Several tree differences from one question to {@code git diff-tree --stdin -r -z}; no renames, so
 * a path is what changed.
 */
final class TreeDiffs {
  static final String[] COMMAND = {"diff-tree", "--stdin", "-r", "-z", "--no-renames"};

  /** Git repeats a line that names no object, and flushes all that comes before it. */
  private static final String END = "end";

  private final List<Change> changes = new ArrayList<>();

  private TreeDiffs() {}

  record Pair(ObjectId from, ObjectId to) {}

  /** A leaf that is new ({@code was} zero), changed or gone ({@code id} zero). */
  private record Change(String oldMode, ObjectId was, String mode, ObjectId id, byte[] path) {}

  /**
   * The versions of a path.
   *
   * @param was empty where there was no regular file
   * @param is empty where there is no regular file any more
   */
  record Versions(String path, Optional<ObjectId> was, Optional<ObjectId> is) {}

  /**
   * @param gits that run {@link #COMMAND}
   */
  static List<TreeDiffs> of(Dialogues gits, List<Pair> pairs) {
    var questions = new StringBuilder();
    pairs.forEach(p -> questions.append(p.from()).append(' ').append(p.to()).append('\n'));
    questions.append(END).append('\n');
    try (var git = gits.lend()) {
      return git.ask(questions.toString(), answer -> read(answer, pairs));
    }
  }

  SortedSet<String> paths() {
    var paths = new TreeSet<String>();
    changes.forEach(c -> paths.add(new String(c.path(), StandardCharsets.UTF_8)));
    return paths;
  }

  /** What became of regular files, by path; a path that is one in neither tree is left out. */
  List<Versions> files() {
    return changes.stream()
        .map(
            c ->
                new Versions(
                    new String(c.path(), StandardCharsets.UTF_8),
                    file(c.oldMode(), c.was()),
                    file(c.mode(), c.id())))
        .filter(versions -> versions.was().isPresent() || versions.is().isPresent())
        .sorted(Comparator.comparing(Versions::path))
        .toList();
  }

  private static Optional<ObjectId> file(String mode, ObjectId id) {
    return mode.equals(TreeEntry.FILE) || mode.equals(TreeEntry.EXECUTABLE)
        ? Optional.of(id)
        : Optional.empty();
  }

  /** The leaves of the second tree that the first does not have as they are. */
  List<TreeEntry> entries(ToLongFunction<ObjectId> size) {
    return changes.stream()
        .filter(c -> !c.id().equals(ObjectId.ZERO))
        .map(
            c -> {
              var blob = !c.mode().equals(TreeEntry.SUBMODULE);
              return new TreeEntry(
                  c.mode(), c.id(), blob ? size.applyAsLong(c.id()) : -1, c.path());
            })
        .toList();
  }

  /**
   * For each pair a header "from to LF", then ":mode mode id id status NUL path NUL" for each
   * change. A pair without a difference has a header too.
   */
  private static List<TreeDiffs> read(Answer answer, List<Pair> pairs) throws IOException {
    var all = new ArrayList<TreeDiffs>();
    for (var pair : pairs) {
      require(answer.text('\n'), pair.from() + " " + pair.to());
      var diff = new TreeDiffs();
      while (answer.isNext(':')) {
        var head = answer.text('\0').substring(1).split(" ");
        diff.changes.add(
            new Change(
                head[0], ObjectId.of(head[2]), head[1], ObjectId.of(head[3]), answer.until('\0')));
      }
      all.add(diff);
    }
    require(answer.text('\n'), END);
    return all;
  }

  private static void require(String line, String expected) throws IOException {
    if (!line.equals(expected)) {
      throw new IOException("git diff-tree says '" + Printable.of(line) + "', not " + expected);
    }
  }
}
