package dev.qudag.merge.rule;

import dev.qudag.merge.text.Hunk;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Both sides add imports at the same place of a file of Java, Python, JavaScript, TypeScript, Go or
 * Rust: all of them are kept, each side's in its order, and so sorted where both sides sort. Not
 * when two imports of the file bind one name, for the language would refuse them or take the last
 * one; and not when the file has imports whose names do not show, or code before the hunk.
 */
record BothAddImports() implements Rule {
  @Override
  public String name() {
    return "both-add-imports";
  }

  @Override
  public Optional<List<String>> resolve(Hunk hunk) {
    if (!hunk.isAddition()) {
      return Optional.empty();
    }
    return ImportSyntax.of(hunk.fileName(), hunk.parts().map(Hunk.Part::before).toList())
        .filter(syntax -> isAmongImports(hunk, syntax) && !hunk.mayBeQuoted())
        .flatMap(syntax -> Optional.of(all(hunk)).filter(all -> bindsOnce(hunk, syntax, all)))
        .filter(all -> isInOrder(hunk.ours(), all) && isInOrder(hunk.theirs(), all));
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

  /** Of a line that both add at another place of their order, one side's order would be lost. */
  private static boolean isInOrder(List<String> side, List<String> all) {
    return all.stream().filter(Set.copyOf(side)::contains).toList().equals(side);
  }

  /** No two imports of all versions bind one name, and of each added one the names show. */
  private static boolean bindsOnce(Hunk hunk, ImportSyntax syntax, List<String> added) {
    return added.stream().allMatch(line -> syntax.names(line).isPresent())
        && ImportHead.around(hunk, syntax)
            .map(others -> Stream.concat(others.stream(), added.stream()))
            .filter(lines -> areDistinct(lines.flatMap(line -> syntax.names(line).stream())))
            .isPresent();
  }

  private static boolean areDistinct(Stream<Set<String>> names) {
    var known = new HashSet<String>();
    return names.flatMap(Set::stream).allMatch(known::add);
  }
}
