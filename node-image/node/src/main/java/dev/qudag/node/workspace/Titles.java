package dev.qudag.node.workspace;

/**
 * Titles as the hub takes them: one line of bounded length without control characters, never empty.
 */
final class Titles {

  private static final int MAX = 200;

  private Titles() {}

  static String clean(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    String bounded = line.length() <= MAX ? line : line.substring(0, MAX);
    return bounded.isEmpty() ? "A change without a title" : bounded;
  }
}
