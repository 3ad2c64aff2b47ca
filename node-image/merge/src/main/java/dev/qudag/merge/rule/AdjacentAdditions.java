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
    if (!hunk.isAddition() || hunk.mayBeQuoted() || isIndented(hunk.after())) {
      return Optional.empty();
    }
    if (CHANGELOG.matcher(hunk.fileName()).matches()) {
      return together(bullets(hunk.ours()), bullets(hunk.theirs()));
    }
    return IGNORE_FILES.contains(hunk.fileName())
        ? together(patterns(hunk.ours()), patterns(hunk.theirs()))
        : Optional.empty();
  }

  private static boolean isIndented(List<String> lines) {
    return !lines.isEmpty()
        && (lines.getFirst().startsWith(" ") || lines.getFirst().startsWith("\t"));
  }

  /** Entries that begin with "- " or "* ", each with the indented lines below it; or none. */
  private static List<List<String>> bullets(List<String> lines) {
    var entries = new ArrayList<List<String>>();
    for (var line : lines) {
      if (line.startsWith("- ") || line.startsWith("* ")) {
        entries.add(new ArrayList<>(List.of(line)));
      } else if (!entries.isEmpty() && line.startsWith("  ") && !line.isBlank()) {
        entries.getLast().add(line);
      } else {
        return List.of();
      }
    }
    return entries;
  }

  /** Patterns alone, or none: one that begins with "!" takes back what stands before it. */
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
