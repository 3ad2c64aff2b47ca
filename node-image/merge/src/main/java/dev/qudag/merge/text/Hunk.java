package dev.qudag.merge.text;

import java.util.List;

/**
 * Lines that both sides changed, and where they stand. A line next to them is the same in all three
 * versions.
 *
 * @param path of the file
 * @param line where they begin in ours, from 1
 * @param before all lines of the ancestor before them
 * @param base what the ancestor has; empty where both sides add
 * @param ours what the branch has in its place
 * @param theirs what the proposal has in its place
 * @param after all lines of the ancestor after them
 */
public record Hunk(
    String path,
    int line,
    List<String> before,
    List<String> base,
    List<String> ours,
    List<String> theirs,
    List<String> after) {
  private static final List<String> QUOTES = List.of("\"\"\"", "'''", "`");

  public String fileName() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Whether both sides add lines where the ancestor has none. */
  public boolean isAddition() {
    return base.isEmpty() && !ours.isEmpty() && !theirs.isEmpty();
  }

  /**
   * Whether the lines may stand in a text that spans lines: an odd number of the quotes that may
   * enclose one stands before. Says so too often rather than too rarely.
   */
  public boolean mayBeQuoted() {
    return QUOTES.stream()
        .anyMatch(quote -> before.stream().mapToInt(l -> count(l, quote)).sum() % 2 != 0);
  }

  private static int count(String line, String quote) {
    int found = 0;
    for (int at = line.indexOf(quote); at >= 0; at = line.indexOf(quote, at + quote.length())) {
      found++;
    }
    return found;
  }
}
