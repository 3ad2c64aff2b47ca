package dev.qudag.merge.rule;

import dev.qudag.merge.text.Hunk;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Both sides raise the versions of the same dependencies, and one side raises none of them less
 * than the other: that side is taken whole. Not over a major version, and not in a lock file, whose
 * versions belong to digests.
 */
record VersionNumbers() implements Rule {
  @Override
  public String name() {
    return "version-numbers";
  }

  @Override
  public Optional<List<String>> resolve(Hunk hunk) {
    return Manifest.of(hunk.fileName())
        .filter(manifest -> !hunk.base().isEmpty() && !hunk.mayBeQuoted())
        .filter(manifest -> hunk.parts().map(Hunk.Part::before).allMatch(manifest::listsBelow))
        .flatMap(manifest -> higher(manifest, hunk));
  }

  private static Optional<List<String>> higher(Manifest manifest, Hunk hunk) {
    var base = lines(manifest, hunk.base());
    var ours = lines(manifest, hunk.ours());
    var theirs = lines(manifest, hunk.theirs());
    if (base.isEmpty() || !allRaise(base, ours) || !allRaise(base, theirs)) {
      return Optional.empty();
    }
    if (noneLess(ours, theirs)) {
      return Optional.of(hunk.ours());
    }
    return noneLess(theirs, ours) ? Optional.of(hunk.theirs()) : Optional.empty();
  }

  /** None when one of the lines is no version. */
  private static List<VersionLine> lines(Manifest manifest, List<String> lines) {
    var versions =
        lines.stream().flatMap(line -> VersionLine.parse(manifest, line).stream()).toList();
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

  @Override
  public String identity(String line) {
    return VersionLine.formOf(line);
  }
}
