package dev.qudag.node.workspace;

/** Titles as a statement holds them: one printable line of bounded length, never empty. */
final class Titles {

  private static final int MAX = 120;

  private Titles() {}

  static String clean(String text) {
    String line = text.replaceAll("[\\p{C}\\p{Z}]+", " ").strip();
    int count = Math.min(MAX, line.codePointCount(0, line.length()));
    String bounded = line.substring(0, line.offsetByCodePoints(0, count)).strip();
    return bounded.isEmpty() ? "A change without a title" : bounded;
  }
}
