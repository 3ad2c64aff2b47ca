package dev.qudag.merge.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The three-way merge of lines (Khanna, Kunal and Pierce, "A Formal Investigation of Diff3", FSTTCS
 * 2007): the lines that ancestor, ours and theirs have in common divide the three; what lies
 * between is taken from the side that changed it, and is a {@link Hunk} when both did.
 */
public final class ThreeWay {
  /** Lines that a side may remove and add, together. */
  public static final int MOST_EDITS = 1000;

  private final String path;
  private final List<String> base;
  private final List<String> ours;
  private final List<String> theirs;
  private final List<Chunk> chunks = new ArrayList<>();
  private final List<String> agreed = new ArrayList<>();

  private ThreeWay(String path, List<String> base, List<String> ours, List<String> theirs) {
    this.path = path;
    this.base = base;
    this.ours = ours;
    this.theirs = theirs;
  }

  /**
   * The merged file, from the top.
   *
   * @return empty when a side changes more than {@link #MOST_EDITS} lines
   */
  public static Optional<List<Chunk>> merge(
      String path, List<String> base, List<String> ours, List<String> theirs) {
    return LineMatches.of(base, ours, MOST_EDITS)
        .flatMap(
            inOurs ->
                LineMatches.of(base, theirs, MOST_EDITS)
                    .map(
                        inTheirs ->
                            new ThreeWay(path, base, ours, theirs).chunks(inOurs, inTheirs)));
  }

  private List<Chunk> chunks(int[] inOurs, int[] inTheirs) {
    int b = 0;
    int o = 0;
    int t = 0;
    for (int next = 0; next < base.size(); next++) {
      if (inOurs[next] >= 0 && inTheirs[next] >= 0) {
        between(b, next, o, inOurs[next], t, inTheirs[next]);
        agreed.add(base.get(next));
        b = next + 1;
        o = inOurs[next] + 1;
        t = inTheirs[next] + 1;
      }
    }
    between(b, base.size(), o, ours.size(), t, theirs.size());
    endAgreed();
    return List.copyOf(chunks);
  }

  private void between(int b, int baseEnd, int o, int oursEnd, int t, int theirsEnd) {
    var was = cut(base, b, baseEnd);
    var mine = cut(ours, o, oursEnd);
    var other = cut(theirs, t, theirsEnd);
    if (mine.lines().equals(was.lines())) {
      agreed.addAll(other.lines());
    } else if (other.lines().equals(was.lines())) {
      agreed.addAll(mine.lines());
    } else {
      endAgreed();
      chunks.add(new Chunk.Open(new Hunk(path, o + 1, was, mine, other)));
    }
  }

  private static Hunk.Part cut(List<String> version, int from, int end) {
    return new Hunk.Part(
        version.subList(0, from), version.subList(from, end), version.subList(end, version.size()));
  }

  private void endAgreed() {
    if (!agreed.isEmpty()) {
      chunks.add(new Chunk.Agreed(List.copyOf(agreed)));
      agreed.clear();
    }
  }
}
