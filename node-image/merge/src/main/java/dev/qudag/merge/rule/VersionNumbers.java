package dev.qudag.merge.rule;

import dev.qudag.merge.text.Hunk;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Both sides raise the same versions, and one side raises none of them less than the other: that
 * side is taken whole. Not over a major version, not with a suffix, not in a lock file, whose
 * versions belong to digests.
 */
record VersionNumbers() implements Rule {
  @Override
  public String name() {
    return "version-numbers";
  }

  @Override
  public Optional<List<String>> resolve(Hunk hunk) {
    var base = lines(hunk, hunk.base());
    var ours = lines(hunk, hunk.ours());
    var theirs = lines(hunk, hunk.theirs());
    if (base.isEmpty() || isLock(hunk.fileName()) || hunk.mayBeQuoted()) {
      return Optional.empty();
    }
    if (!allRaise(base, ours) || !allRaise(base, theirs)) {
      return Optional.empty();
    }
    if (noneLess(ours, theirs)) {
      return Optional.of(hunk.ours());
    }
    return noneLess(theirs, ours) ? Optional.of(hunk.theirs()) : Optional.empty();
  }

  /** None when one of the lines is no version. */
  private static List<VersionLine> lines(Hunk hunk, List<String> lines) {
    var versions =
        lines.stream().flatMap(l -> VersionLine.parse(hunk.fileName(), l).stream()).toList();
    return versions.size() == lines.size() ? versions : List.of();
  }

  private static boolean allRaise(List<VersionLine> base, List<VersionLine> side) {
    return base.size() == side.size()
        && IntStream.range(0, base.size()).allMatch(i -> side.get(i).raises(base.get(i)));
  }

  private static boolean noneLess(List<VersionLine> one, List<VersionLine> other) {
    return IntStream.range(0, one.size())
        .allMatch(i -> one.get(i).compareNumbers(other.get(i)) >= 0);
  }

  private static boolean isLock(String fileName) {
    return fileName.endsWith(".lock")
        || fileName.contains("-lock.")
        || fileName.equals("npm-shrinkwrap.json")
        || fileName.equals("go.sum");
  }

  @Override
  public String identity(String line) {
    return VersionLine.formOf(line);
  }
}
