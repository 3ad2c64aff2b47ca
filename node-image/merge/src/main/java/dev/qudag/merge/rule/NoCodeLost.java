package dev.qudag.merge.rule;

import dev.qudag.merge.text.Hunk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * That a resolution keeps what either side has: each line of a side, whether the side added it or
 * left it as it was, is in the result as often as the side has it. And each line of the result is a
 * line of a side. So no rule takes a line away that one side removed and the other kept: people do.
 *
 * @param identity what of a line must be found again
 */
public record NoCodeLost(Hunk hunk, UnaryOperator<String> identity) {

  /** The first line that is lost, or that no side has; empty when the result may stand. */
  public Optional<String> violatedBy(List<String> result) {
    return lost(hunk.ours(), result)
        .or(() -> lost(hunk.theirs(), result))
        .or(() -> result.stream().filter(this::isInvented).findFirst());
  }

  private Optional<String> lost(List<String> side, List<String> result) {
    var left = new HashMap<String, Integer>();
    result.forEach(line -> left.merge(identity.apply(line), 1, Integer::sum));
    return side.stream().filter(line -> !take(left, identity.apply(line))).findFirst();
  }

  private static boolean take(Map<String, Integer> left, String line) {
    int there = left.getOrDefault(line, 0);
    left.put(line, there - 1);
    return there > 0;
  }

  private boolean isInvented(String line) {
    return !hunk.ours().contains(line) && !hunk.theirs().contains(line);
  }
}
