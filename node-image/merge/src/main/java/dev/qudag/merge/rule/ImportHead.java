package dev.qudag.merge.rule;

import dev.qudag.merge.text.Hunk;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The imports of a file beside those of a hunk: they bind names too, and some hide others. */
final class ImportHead {
  private static final String DOC = "\"\"\"";

  /** Of a version; longer ones are not looked at, since each hunk looks at all of them. */
  private static final int MOST_LINES = 5000;

  private ImportHead() {}

  /**
   * The imports that a version has around the hunk, each once.
   *
   * @return empty when a version is too long, or has anything before the hunk but comments and
   *     imports of known forms, or after it an import of another form
   */
  static Optional<Set<String>> around(Hunk hunk, ImportSyntax syntax) {
    boolean known =
        hunk.parts()
            .allMatch(
                part ->
                    part.before().size() + part.after().size() <= MOST_LINES
                        && withoutDoc(syntax, part.before()).stream().allMatch(syntax::mayBeInHead)
                        && part.after().stream().noneMatch(syntax::isOfOtherForm));
    return known ? Optional.of(imports(hunk, syntax)) : Optional.empty();
  }

  private static Set<String> imports(Hunk hunk, ImportSyntax syntax) {
    var lines = new LinkedHashSet<String>();
    hunk.parts()
        .flatMap(Hunk.Part::around)
        .filter(line -> syntax.names(line).isPresent())
        .forEach(lines::add);
    return lines;
  }

  /** Without the text that says in Python, at the very top, what the file is for. */
  private static List<String> withoutDoc(ImportSyntax syntax, List<String> before) {
    boolean hasDoc =
        syntax == ImportSyntax.PYTHON
            && !before.isEmpty()
            && before.getFirst().startsWith(DOC)
            && !before.getFirst().startsWith(DOC + "\"");
    if (!hasDoc) {
      return before;
    }
    var text = new ArrayList<>(before);
    text.set(0, before.getFirst().substring(DOC.length()));
    for (int i = 0; i < text.size(); i++) {
      int end = text.get(i).indexOf(DOC);
      if (end >= 0) {
        boolean closes = end == text.get(i).length() - DOC.length();
        return closes ? before.subList(i + 1, before.size()) : before;
      }
    }
    return before;
  }
}
