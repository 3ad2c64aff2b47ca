package dev.qudag.merge.git;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.tree.TreeEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * Several tree differences from one {@code git diff-tree --stdin -r -z}; no renames, so a path is
 * what changed.
 */
final class TreeDiffs {
  private final List<Change> changes = new ArrayList<>();

  private TreeDiffs() {}

  record Pair(ObjectId from, ObjectId to) {}

  /** A leaf that is new, changed or gone ({@code id} zero). */
  private record Change(String mode, ObjectId id, byte[] path) {}

  static List<TreeDiffs> of(GitRepository repository, List<Pair> pairs) {
    var questions = new StringBuilder();
    pairs.forEach(p -> questions.append(p.from()).append(' ').append(p.to()).append('\n'));
    var input = GitProcess.Input.of(questions.toString());
    var answer = repository.git().run(input, "diff-tree", "--stdin", "-r", "-z", "--no-renames");
    return new Parser(answer, pairs).parse();
  }

  SortedSet<String> paths() {
    var paths = new TreeSet<String>();
    changes.forEach(c -> paths.add(new String(c.path(), StandardCharsets.UTF_8)));
    return paths;
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
  private static final class Parser {
    private final byte[] answer;
    private final List<Pair> pairs;
    private int at;

    Parser(byte[] answer, List<Pair> pairs) {
      this.answer = answer;
      this.pairs = pairs;
    }

    List<TreeDiffs> parse() {
      var all = new ArrayList<TreeDiffs>();
      for (var pair : pairs) {
        var header = new String(until('\n'), StandardCharsets.US_ASCII);
        if (!header.equals(pair.from() + " " + pair.to())) {
          throw new IllegalStateException("git diff-tree answered '" + header + "' to " + pair);
        }
        var diff = new TreeDiffs();
        while (at < answer.length && answer[at] == ':') {
          var head = new String(until('\0'), StandardCharsets.US_ASCII).substring(1).split(" ");
          diff.changes.add(new Change(head[1], ObjectId.of(head[3]), until('\0')));
        }
        all.add(diff);
      }
      return all;
    }

    private byte[] until(char end) {
      var from = at;
      while (answer[at] != end) {
        at++;
      }
      at++;
      return java.util.Arrays.copyOfRange(answer, from, at - 1);
    }
  }
}
