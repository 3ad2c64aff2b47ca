package dev.qudag.node.hub.custody;

/** Text of others, as a record of custody may have it: one line of characters that one sees. */
final class Line {
  /** Of a workspace's UID, in characters. */
  static final int MAX_UID = 253;

  private Line() {}

  /**
   * What may stand in a line of the text, cut to so many UTF-16 code units; line ends are blanks.
   */
  static String of(String text, int most) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .map(point -> point == '\n' ? ' ' : point)
        .filter(Line::isSeen)
        .takeWhile(point -> line.length() + Character.charCount(point) <= most)
        .forEachOrdered(line::appendCodePoint);
    return line.toString();
  }

  private static boolean isSeen(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
