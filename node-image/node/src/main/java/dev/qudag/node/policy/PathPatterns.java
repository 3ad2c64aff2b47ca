package dev.qudag.node.policy;

import java.util.List;
import java.util.Optional;

/**
 * Patterns of paths as in a .gitignore: one without a slash inside is about a name at any depth,
 * one with a slash about a path from the top; one that ends in a slash is about directories. What
 * lies below a directory that matches, matches. What is no glob stands for itself.
 */
public final class PathPatterns {
  private final List<Pattern> patterns;

  /**
   * @param isOfDirectory matches directories alone
   */
  private record Pattern(String text, Glob glob, boolean isOfDirectory) {
    static Pattern of(String text) {
      String name = text.replaceAll("^/|/$", "");
      boolean isAnchored = name.contains("/") || text.startsWith("/");
      return new Pattern(text, GlobReader.read(name, !isAnchored), text.endsWith("/"));
    }

    boolean matches(int[] path) {
      return glob.matches(path, isOfDirectory);
    }
  }

  public PathPatterns(List<String> patterns) {
    this.patterns = patterns.stream().map(Pattern::of).toList();
  }

  /** The first of the paths that a pattern matches, with that pattern. */
  public Optional<String> firstOf(List<String> paths) {
    return patterns.isEmpty()
        ? Optional.empty()
        : paths.stream().flatMap(path -> matching(path).stream()).findFirst();
  }

  private Optional<String> matching(String text) {
    int[] path = text.codePoints().toArray();
    return patterns.stream()
        .filter(pattern -> pattern.matches(path))
        .findFirst()
        .map(pattern -> text + " by " + pattern.text());
  }
}
