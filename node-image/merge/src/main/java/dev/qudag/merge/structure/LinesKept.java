package dev.qudag.merge.structure;

import dev.qudag.merge.FileOutcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * No line is lost, and none is invented: each stands in the result as often as in the ancestor, and
 * as often more or less as the sides added or removed it. Where both added it, or both removed it,
 * they may have meant the same one. Empty lines are not counted.
 */
final class LinesKept implements Rule {

  @Override
  public Optional<FileOutcome> violatedBy(Candidate candidate) {
    var base = count(candidate.base().lines());
    var ours = count(candidate.ours().lines());
    var theirs = count(candidate.theirs().lines());
    var merged = count(candidate.merged().lines());
    var lines = new HashSet<>(base.keySet());
    lines.addAll(ours.keySet());
    lines.addAll(theirs.keySet());
    lines.addAll(merged.keySet());
    return lines.stream()
            .allMatch(
                line -> fits(of(base, line), of(ours, line), of(theirs, line), of(merged, line)))
        ? Optional.empty()
        : Optional.of(FileOutcome.LinesLost);
  }

  private static boolean fits(int base, int ours, int theirs, int merged) {
    int byOurs = ours - base;
    int byTheirs = theirs - base;
    int all = base + byOurs + byTheirs;
    if (byOurs > 0 && byTheirs > 0) {
      return base + Math.max(byOurs, byTheirs) <= merged && merged <= all;
    }
    if (byOurs < 0 && byTheirs < 0) {
      return all <= merged && merged <= base + Math.min(byOurs, byTheirs);
    }
    return merged == all;
  }

  private static int of(Map<String, Integer> counts, String line) {
    return counts.getOrDefault(line, 0);
  }

  private static Map<String, Integer> count(List<String> lines) {
    var counts = new HashMap<String, Integer>();
    lines.stream()
        .filter(line -> !line.isBlank())
        .forEach(line -> counts.merge(line, 1, Integer::sum));
    return counts;
  }
}
