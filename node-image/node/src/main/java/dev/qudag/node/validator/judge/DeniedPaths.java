package dev.qudag.node.validator.judge;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The paths that a policy denies, by patterns as in a .gitignore: one without a slash inside is
 * about a name at any depth, one with a slash about a path from the top; one that ends in a slash
 * is about directories. What lies below a denied directory is denied.
 */
record DeniedPaths(List<String> patterns) {
  /** The first of the paths that a pattern denies, with that pattern. */
  Optional<String> firstOf(List<String> paths) {
    return paths.stream()
        .flatMap(
            path ->
                patterns.stream()
                    .filter(pattern -> denies(pattern, path))
                    .map(p -> path + " by " + p))
        .findFirst();
  }

  private static boolean denies(String pattern, String text) {
    String name = pattern.replaceAll("^/|/$", "");
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + name);
    Path path = Path.of(text);
    int candidates = pattern.endsWith("/") ? path.getNameCount() - 1 : path.getNameCount();
    boolean anchored = name.contains("/") || pattern.startsWith("/");
    return IntStream.range(0, candidates)
        .mapToObj(i -> anchored ? path.subpath(0, i + 1) : path.getName(i))
        .anyMatch(matcher::matches);
  }
}
