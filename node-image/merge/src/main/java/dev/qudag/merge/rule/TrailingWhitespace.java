package dev.qudag.merge.rule;

import dev.qudag.merge.text.Hunk;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Both sides made the same change, but for spaces and tabs at ends of lines; the side with fewer of
 * them is taken. White space elsewhere is content: indentation is syntax in some languages, and of
 * the merges that ignore all of it, about one in five is wrong (AST-Merging-Evaluation,
 * ort-ignorespace).
 *
 * <p>Only in files where it means nothing outside of texts that span lines, and in those only
 * before the first quote of such a text; and not after a backslash. Elsewhere it may be content:
 * two spaces of Markdown, a block of YAML, a value of properties, an empty last column.
 */
record TrailingWhitespace() implements Rule {
  private static final Set<String> MEANINGLESS =
      Set.of(
          "css", "go", "java", "js", "json", "jsx", "kt", "mjs", "mts", "py", "pyi", "toml", "ts",
          "tsx");

  @Override
  public String name() {
    return "trailing-whitespace";
  }

  @Override
  public Optional<List<String>> resolve(Hunk hunk) {
    var ours = hunk.ours();
    var theirs = hunk.theirs();
    boolean same =
        ours.size() == theirs.size()
            && IntStream.range(0, ours.size())
                .allMatch(i -> identity(ours.get(i)).equals(identity(theirs.get(i))))
            && ours.stream().noneMatch(line -> identity(line).endsWith("\\"));
    return same && isMeaninglessIn(hunk.fileName()) && !hunk.followsAQuote()
        ? Optional.of(shorter(ours, theirs))
        : Optional.empty();
  }

  private static boolean isMeaninglessIn(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot >= 0 && MEANINGLESS.contains(fileName.substring(dot + 1));
  }

  /** The same, whichever side is which. */
  private static List<String> shorter(List<String> one, List<String> other) {
    var a = String.join("\n", one);
    var b = String.join("\n", other);
    int order = a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
    return order <= 0 ? one : other;
  }

  @Override
  public String identity(String line) {
    int end = line.length();
    while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
      end--;
    }
    return line.substring(0, end);
  }
}
