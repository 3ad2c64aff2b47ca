package dev.qudag.merge.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which lines two texts have in common, in order, and as many as possible: Myers, "An O(ND)
 * Difference Algorithm and Its Variations", Algorithmica 1 (1986), the greedy form.
 */
final class LineMatches {
  private final List<String> from;
  private final List<String> to;
  private final int mostEdits;

  private LineMatches(List<String> from, List<String> to, int mostEdits) {
    this.from = from;
    this.to = to;
    this.mostEdits = mostEdits;
  }

  /**
   * For each line of {@code from} the index of its line in {@code to}, rising; -1 for one that is
   * not there.
   *
   * @param mostEdits lines that may be removed and added, together; memory is its square
   * @return empty when the texts are further apart
   */
  static Optional<int[]> of(List<String> from, List<String> to, int mostEdits) {
    int least = Math.min(from.size(), to.size());
    int head = 0;
    while (head < least && from.get(head).equals(to.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < least - head
        && from.get(from.size() - 1 - tail).equals(to.get(to.size() - 1 - tail))) {
      tail++;
    }
    var inner =
        new LineMatches(
            from.subList(head, from.size() - tail), to.subList(head, to.size() - tail), mostEdits);
    int skipped = head;
    int end = tail;
    return inner.matches().map(middle -> whole(middle, skipped, end, to.size()));
  }

  private static int[] whole(int[] middle, int head, int tail, int size) {
    var all = new int[head + middle.length + tail];
    for (int i = 0; i < head; i++) {
      all[i] = i;
    }
    for (int i = 0; i < middle.length; i++) {
      all[head + i] = middle[i] < 0 ? -1 : head + middle[i];
    }
    for (int i = 0; i < tail; i++) {
      all[head + middle.length + i] = size - tail + i;
    }
    return all;
  }

  /**
   * A diagonal k holds the points with x - y = k. After round d, {@code furthest} has for each
   * diagonal from -d to d, every second one, the largest x that d edits lead to.
   */
  private Optional<int[]> matches() {
    int n = from.size();
    int m = to.size();
    int most = Math.min(mostEdits, n + m);
    int zero = most + 1;
    var furthest = new int[2 * most + 3];
    var rounds = new ArrayList<int[]>();
    for (int d = 0; d <= most; d++) {
      for (int k = -d; k <= d; k += 2) {
        boolean down = k == -d || (k != d && furthest[zero + k - 1] < furthest[zero + k + 1]);
        int x = down ? furthest[zero + k + 1] : furthest[zero + k - 1] + 1;
        int y = x - k;
        while (x < n && y < m && from.get(x).equals(to.get(y))) {
          x++;
          y++;
        }
        furthest[zero + k] = x;
        if (x >= n && y >= m) {
          return Optional.of(back(rounds));
        }
      }
      rounds.add(Arrays.copyOfRange(furthest, zero - d, zero + d + 1));
    }
    return Optional.empty();
  }

  /**
   * Walks from the end to the start; what lies on a diagonal is a match.
   *
   * @param rounds of round d the furthest x of the diagonals -d to d
   */
  private int[] back(List<int[]> rounds) {
    var match = new int[from.size()];
    Arrays.fill(match, -1);
    int x = from.size();
    int y = to.size();
    for (int d = rounds.size(); d > 0; d--) {
      var before = rounds.get(d - 1);
      int zero = d - 1;
      int k = x - y;
      boolean down = k == -d || (k != d && before[zero + k - 1] < before[zero + k + 1]);
      int startX = down ? before[zero + k + 1] : before[zero + k - 1];
      int startY = startX - (down ? k + 1 : k - 1);
      while (x > startX && y > startY) {
        x--;
        y--;
        match[x] = y;
      }
      x = startX;
      y = startY;
    }
    while (x > 0 && y > 0) {
      x--;
      y--;
      match[x] = y;
    }
    return match;
  }
}
