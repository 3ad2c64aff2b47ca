package dev.qudag.merge.rule;

import dev.qudag.merge.text.Hunk;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Both sides add imports at the same place of a file of Java, Python, JavaScript, TypeScript, Go or
 * Rust: all of them are kept, each side's in its order, and so sorted where both sides sort. Not
 * when two of them bind one name: the language would refuse them, or take the last one.
 */
record BothAddImports() implements Rule {
  @Override
  public String name() {
    return "both-add-imports";
  }

  @Override
  public Optional<List<String>> resolve(Hunk hunk) {
    if (!hunk.isAddition() || hunk.mayBeQuoted()) {
      return Optional.empty();
    }
    return ImportSyntax.of(hunk.fileName(), hunk.before())
        .filter(syntax -> isAmongImports(hunk, syntax))
        .flatMap(syntax -> Optional.of(all(hunk)).filter(lines -> bindsOnce(syntax, lines)));
  }

  /** What stands before does not reach into the next line, as a comment or an annotation does. */
  private static boolean isAmongImports(Hunk hunk, ImportSyntax syntax) {
    boolean follows =
        hunk.before().isEmpty()
            || syntax.mayFollow(hunk.before().getLast())
            || syntax.names(hunk.before().getLast()).isPresent();
    boolean indented =
        !hunk.after().isEmpty()
            && (hunk.after().getFirst().startsWith(" ")
                || hunk.after().getFirst().startsWith("\t"));
    return follows && (!indented || syntax == ImportSyntax.GO_BLOCK);
  }

  /** Of the first line of each side the smaller one comes first, whichever side is which. */
  private static List<String> all(Hunk hunk) {
    var ours = hunk.ours();
    var theirs = hunk.theirs();
    var lines = new LinkedHashSet<String>();
    int o = 0;
    int t = 0;
    while (o < ours.size() && t < theirs.size()) {
      int order = ours.get(o).compareTo(theirs.get(t));
      lines.add(order <= 0 ? ours.get(o) : theirs.get(t));
      o += order <= 0 ? 1 : 0;
      t += order >= 0 ? 1 : 0;
    }
    lines.addAll(ours.subList(o, ours.size()));
    lines.addAll(theirs.subList(t, theirs.size()));
    return List.copyOf(lines);
  }

  private static boolean bindsOnce(ImportSyntax syntax, List<String> lines) {
    var known = new HashSet<String>();
    return lines.stream()
        .map(syntax::names)
        .allMatch(names -> names.isPresent() && names.get().stream().allMatch(known::add));
  }
}
