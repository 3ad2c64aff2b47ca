package dev.qudag.node.policy;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;

/**
 * Patterns of paths as in a .gitignore: one without a slash inside is about a name at any depth,
 * one with a slash about a path from the top; one that ends in a slash is about directories. What
 * lies below a directory that matches, matches. What is no glob stands for itself.
 */
public final class PathPatterns {
  private final List<Pattern> patterns;

  /**
   * @param anchored from the top
   * @param isOfDirectory matches directories alone
   */
  private record Pattern(
      String text, PathMatcher matcher, boolean anchored, boolean isOfDirectory) {
    static Pattern of(String text) {
      String name = text.replaceAll("^/|/$", "");
      boolean anchored = name.contains("/") || text.startsWith("/");
      return new Pattern(text, matcher(name), anchored, text.endsWith("/"));
    }

    private static PathMatcher matcher(String name) {
      try {
        return FileSystems.getDefault().getPathMatcher("glob:" + name);
      } catch (PatternSyntaxException e) {
        return path -> path.toString().equals(name);
      }
    }

    boolean matches(Path path) {
      int candidates = isOfDirectory ? path.getNameCount() - 1 : path.getNameCount();
      return IntStream.range(0, candidates)
          .mapToObj(i -> anchored ? path.subpath(0, i + 1) : path.getName(i))
          .anyMatch(matcher::matches);
    }
  }

  public PathPatterns(List<String> patterns) {
    this.patterns = patterns.stream().map(Pattern::of).toList();
  }

  /** The first of the paths that a pattern matches, with that pattern. */
  public Optional<String> firstOf(List<String> paths) {
    return paths.stream().flatMap(path -> matching(path).stream()).findFirst();
  }

  private Optional<String> matching(String text) {
    if (patterns.isEmpty()) {
      return Optional.empty();
    }
    Path path = Path.of(text);
    return patterns.stream()
        .filter(pattern -> pattern.matches(path))
        .findFirst()
        .map(pattern -> text + " by " + pattern.text());
  }
}
