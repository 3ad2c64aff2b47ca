package dev.qudag.merge.text;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lines that both sides changed, and where they stand. A line next to them is the same in all three
 * versions.
 *
 * @param path of the file
 * @param line where they begin in ours, from 1
 * @param inBase what the ancestor has; no lines where both sides add
 * @param inOurs what the branch has in its place
 * @param inTheirs what the proposal has in its place
 */
public record Hunk(String path, int line, Part inBase, Part inOurs, Part inTheirs) {
  private static final List<String> QUOTES = List.of("\"\"\"", "'''", "`");

  /**
   * One version of the file, cut in three.
   *
   * @param lines of the hunk
   */
  public record Part(List<String> before, List<String> lines, List<String> after) {
    /** What is not of the hunk. */
    public Stream<String> around() {
      return Stream.concat(before.stream(), after.stream());
    }

    private int countBefore(String quote) {
      return before.stream().mapToInt(line -> count(line, quote)).sum();
    }
  }

  public String fileName() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  public List<String> base() {
    return inBase.lines;
  }

  public List<String> ours() {
    return inOurs.lines;
  }

  public List<String> theirs() {
    return inTheirs.lines;
  }

  /** All lines of the ancestor before the hunk. */
  public List<String> before() {
    return inBase.before;
  }

  /** All lines of the ancestor after the hunk. */
  public List<String> after() {
    return inBase.after;
  }

  /** The versions: ancestor, ours, theirs. */
  public Stream<Part> parts() {
    return Stream.of(inBase, inOurs, inTheirs);
  }

  /**
   * Whether both sides add lines where the ancestor has none, and no version has one of them
   * elsewhere: a line that is elsewhere too was moved, and the other side may have removed it.
   */
  public boolean isAddition() {
    return base().isEmpty() && !ours().isEmpty() && !theirs().isEmpty() && addsNewLinesOnly();
  }

  private boolean addsNewLinesOnly() {
    var added = new HashSet<>(ours());
    added.addAll(theirs());
    return parts().flatMap(Part::around).noneMatch(added::contains);
  }

  /**
   * Whether the lines may stand in a text that spans lines: in a version an odd number of the
   * quotes that may enclose one stands before.
   */
  public boolean mayBeQuoted() {
    return QUOTES.stream()
        .anyMatch(quote -> parts().anyMatch(part -> part.countBefore(quote) % 2 != 0));
  }

  /** Whether a version has, before the lines or in them, a quote that may enclose such a text. */
  public boolean followsAQuote() {
    return parts()
        .flatMap(part -> Stream.concat(part.before.stream(), part.lines.stream()))
        .anyMatch(line -> QUOTES.stream().anyMatch(line::contains));
  }

  private static int count(String line, String quote) {
    int found = 0;
    for (int at = line.indexOf(quote); at >= 0; at = line.indexOf(quote, at + quote.length())) {
      found++;
    }
    return found;
  }
}
