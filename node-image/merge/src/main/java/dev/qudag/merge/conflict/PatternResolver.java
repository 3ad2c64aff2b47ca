package dev.qudag.merge.conflict;

import dev.qudag.merge.FileOutcome;
import dev.qudag.merge.FileReport;
import dev.qudag.merge.FileReport.HunkReport;
import dev.qudag.merge.rule.PatternRules;
import dev.qudag.merge.text.Chunk;
import dev.qudag.merge.text.Hunk;
import dev.qudag.merge.text.MarkedLines;
import dev.qudag.merge.text.Text;
import dev.qudag.merge.text.ThreeWay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Resolves a file by {@link PatternRules}, all of it or in part, or leaves it to people.
 *
 * <p>The hunks come from a merge of its own, since git's conflicts do not say what the ancestor
 * has. They are trusted only when that merge and git's agree on all that is not in conflict: with
 * every conflict decided for one side, both give the same file, and so they do for the other side.
 */
public final class PatternResolver {
  /** Bytes of one version of a file. */
  public static final int MOST_BYTES = 1024 * 1024;

  /**
   * Lines of one version: to match two takes at most so many times {@link ThreeWay#MOST_EDITS}
   * comparisons.
   */
  static final int MOST_LINES = 20_000;

  /** Hunks of a file. */
  static final int MOST_HUNKS = 50;

  private PatternResolver() {}

  /** The versions of a file, read. */
  private record Versions(Text base, Text ours, Text theirs, Text marked) {
    boolean endAlike() {
      return base.ending() == ours.ending()
          && ours.ending() == theirs.ending()
          && theirs.ending() == marked.ending();
    }

    boolean areTooLong() {
      return base.lines().size() > MOST_LINES
          || ours.lines().size() > MOST_LINES
          || theirs.lines().size() > MOST_LINES;
    }

    boolean haveMarker() {
      return MarkedLines.haveMarker(base.lines())
          || MarkedLines.haveMarker(ours.lines())
          || MarkedLines.haveMarker(theirs.lines());
    }
  }

  public static Resolved resolve(ConflictedFile file) {
    var texts = new ArrayList<Text>();
    for (var bytes : List.of(file.base(), file.ours(), file.theirs(), file.marked())) {
      switch (Text.read(bytes)) {
        case Text.Reading.Readable(var text) -> texts.add(text);
        case Text.Reading.Unreadable(var why) -> {
          return left(file.path(), why);
        }
      }
    }
    var versions = new Versions(texts.get(0), texts.get(1), texts.get(2), texts.get(3));
    if (versions.areTooLong()) {
      return left(file.path(), FileOutcome.TooLarge);
    }
    if (!versions.endAlike()) {
      return left(file.path(), FileOutcome.MixedLineEndings);
    }
    if (versions.haveMarker()) {
      return left(file.path(), FileOutcome.HasMarkers);
    }
    return ThreeWay.merge(
            file.path(),
            versions.base().lines(),
            versions.ours().lines(),
            versions.theirs().lines())
        .map(chunks -> resolve(file.path(), versions, chunks))
        .orElseGet(() -> left(file.path(), FileOutcome.TooManyChanges));
  }

  private static Resolved left(String path, FileOutcome why) {
    return new Resolved.Not(FileReport.of(path, why));
  }

  private static Resolved resolve(String path, Versions versions, List<Chunk> chunks) {
    if (!isGitsMerge(versions.marked().lines(), chunks)) {
      return left(path, FileOutcome.MergedOtherwise);
    }
    if (chunks.stream().filter(Chunk.Open.class::isInstance).count() > MOST_HUNKS) {
      return left(path, FileOutcome.TooManyChanges);
    }
    var lines = new ArrayList<String>();
    var hunks = new ArrayList<HunkReport>();
    for (var chunk : chunks) {
      switch (chunk) {
        case Chunk.Agreed(var agreed) -> lines.addAll(agreed);
        case Chunk.Open(var hunk) -> {
          var resolution = PatternRules.resolve(hunk);
          resolution.ifPresent(found -> lines.addAll(found.lines()));
          hunks.add(
              new HunkReport(
                  hunk.line(), resolution.map(PatternRules.Resolution::rule).orElse("")));
        }
      }
    }
    if (!hunks.stream().allMatch(HunkReport::isResolved)) {
      return inPart(new FileReport(path, FileOutcome.NoRule, hunks), versions, chunks);
    }
    var text = new Text(lines, versions.ours().ending());
    return new Resolved.ByRules(new FileReport(path, FileOutcome.Resolved, hunks), text.bytes());
  }

  /** From the last hunk to the first, so that the lines of those before stay where they are. */
  private static Resolved inPart(FileReport report, Versions versions, List<Chunk> chunks) {
    var ours = new ArrayList<>(versions.ours().lines());
    var theirs = new ArrayList<>(versions.theirs().lines());
    for (var chunk : chunks.reversed()) {
      if (chunk instanceof Chunk.Open(Hunk hunk)) {
        PatternRules.resolve(hunk)
            .ifPresent(
                resolution -> {
                  replace(ours, hunk.inOurs(), resolution.lines());
                  replace(theirs, hunk.inTheirs(), resolution.lines());
                });
      }
    }
    var ending = versions.ours().ending();
    return new Resolved.InPart(
        report, versions.base(), new Text(ours, ending), new Text(theirs, ending));
  }

  private static void replace(List<String> version, Hunk.Part part, List<String> lines) {
    int from = part.before().size();
    version.subList(from, from + part.lines().size()).clear();
    version.addAll(from, lines);
  }

  private static boolean isGitsMerge(List<String> marked, List<Chunk> chunks) {
    Optional<MarkedLines> git = MarkedLines.parse(marked);
    return git.isPresent()
        && git.get().ours().equals(side(chunks, true))
        && git.get().theirs().equals(side(chunks, false))
        && !git.get().ours().equals(git.get().theirs());
  }

  /** The merge with each hunk decided for one side. */
  private static List<String> side(List<Chunk> chunks, boolean ours) {
    var lines = new ArrayList<String>();
    for (var chunk : chunks) {
      switch (chunk) {
        case Chunk.Agreed(var agreed) -> lines.addAll(agreed);
        case Chunk.Open(Hunk hunk) -> lines.addAll(ours ? hunk.ours() : hunk.theirs());
      }
    }
    return lines;
  }
}
