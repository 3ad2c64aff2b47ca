package dev.qudag.merge.rule;

import dev.qudag.merge.text.Hunk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Both sides add entries at the same place of a list whose entries do not depend on each other:
 * bullets of a changelog, patterns of an ignore file. The branch's come first; what both add is
 * kept once. Not when a side adds one twice.
 *
 * <p>Not where a side changed above it what the entries stand under, such as the heading of a
 * release; nor in an ignore file that takes patterns back.
 *
 * <p>No other file: that two blocks of code may stand one after the other in either order, and that
 * the second one is not another form of the first, does not show in their lines.
 */
record AdjacentAdditions() implements Rule {
  private static final Pattern CHANGELOG =
      Pattern.compile(
          "(?:changelog|changes|history|news|release[-_]?notes)(?:\\.(?:md|markdown|txt))?",
          Pattern.CASE_INSENSITIVE);
  private static final Set<String> IGNORE_FILES =
      Set.of(".gitignore", ".dockerignore", ".npmignore", ".prettierignore", ".eslintignore");

  @Override
  public String name() {
    return "adjacent-additions";
  }

  @Override
  public Optional<List<String>> resolve(Hunk hunk) {
    if (!hunk.isAddition() || hunk.mayBeQuoted()) {
      return Optional.empty();
    }
    if (CHANGELOG.matcher(hunk.fileName()).matches()) {
      return isOneList(hunk)
          ? together(bullets(hunk.ours()), bullets(hunk.theirs()))
          : Optional.empty();
    }
    return IGNORE_FILES.contains(hunk.fileName()) && !takesBack(hunk)
        ? together(patterns(hunk.ours()), patterns(hunk.theirs()))
        : Optional.empty();
  }

  /**
   * Both sides mean the same place: what stands above, but for entries, is the same in all
   * versions. And no line next to it is text that an entry would take up or break off.
   */
  private static boolean isOneList(Hunk hunk) {
    return hunk.parts().map(AdjacentAdditions::headings).distinct().count() == 1
        && hunk.parts()
            .flatMap(part -> part.before().stream())
            .noneMatch(AdjacentAdditions::mayEnclose)
        && (hunk.before().isEmpty() || mayPrecede(hunk.before().getLast()))
        && (hunk.after().isEmpty() || mayFollow(hunk.after().getFirst()));
  }

  private static List<String> headings(Hunk.Part part) {
    return part.before().stream().filter(line -> !line.isBlank() && !isOfBullet(line)).toList();
  }

  private static boolean isOfBullet(String line) {
    return isBullet(line) || line.startsWith("  ");
  }

  private static boolean isBullet(String line) {
    return line.startsWith("- ") || line.startsWith("* ");
  }

  /** A fence of code or a comment; that of backticks is a quote. */
  private static boolean mayEnclose(String line) {
    return line.contains("~~~") || line.contains("<!--");
  }

  private static boolean mayPrecede(String line) {
    return line.isEmpty() || line.startsWith("#") || isOfBullet(line);
  }

  private static boolean mayFollow(String line) {
    return line.isEmpty() || line.startsWith("#") || isBullet(line);
  }

  /** A pattern that begins with "!" takes back what stands before it: the order means something. */
  private static boolean takesBack(Hunk hunk) {
    return hunk.parts().flatMap(Hunk.Part::around).anyMatch(line -> line.startsWith("!"));
  }

  /** Entries that begin with "- " or "* ", each with the indented lines below it; or none. */
  private static List<List<String>> bullets(List<String> lines) {
    var entries = new ArrayList<List<String>>();
    for (var line : lines) {
      if (mayEnclose(line) || line.contains("```")) {
        return List.of();
      }
      if (isBullet(line)) {
        entries.add(new ArrayList<>(List.of(line)));
      } else if (!entries.isEmpty() && line.startsWith("  ") && !line.isBlank()) {
        entries.getLast().add(line);
      } else {
        return List.of();
      }
    }
    return entries;
  }

  /** Patterns alone, or none. */
  private static List<List<String>> patterns(List<String> lines) {
    boolean plain =
        lines.stream()
            .noneMatch(line -> line.isBlank() || line.startsWith("!") || line.startsWith("#"));
    return plain ? lines.stream().map(List::of).toList() : List.of();
  }

  private static Optional<List<String>> together(
      List<List<String>> ours, List<List<String>> theirs) {
    if (!areEntries(ours) || !areEntries(theirs)) {
      return Optional.empty();
    }
    var lines = new ArrayList<String>();
    ours.forEach(lines::addAll);
    theirs.stream().filter(entry -> !ours.contains(entry)).forEach(lines::addAll);
    return Optional.of(lines);
  }

  private static boolean areEntries(List<List<String>> entries) {
    return !entries.isEmpty() && new HashSet<>(entries).size() == entries.size();
  }
}
