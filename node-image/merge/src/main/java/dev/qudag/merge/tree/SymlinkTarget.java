package dev.qudag.merge.tree;

/** Where a link of the tree leads, by its text alone. */
final class SymlinkTarget {
  static final int MAX_BYTES = 1024;

  private SymlinkTarget() {}

  /**
   * True unless the target stays below the tree's root at every step, and out of every {@code
   * .git}.
   */
  static boolean escapes(String linkPath, String target) {
    if (target.isEmpty() || target.startsWith("/") || target.indexOf('\0') >= 0) {
      return true;
    }
    var depth = linkPath.chars().filter(c -> c == '/').count();
    for (var step : target.split("/", -1)) {
      if (step.equals("..")) {
        depth--;
      } else if (!step.isEmpty() && !step.equals(".")) {
        depth++;
      }
      if (depth < 0 || DotGit.isSpelling(step)) {
        return true;
      }
    }
    return false;
  }
}
