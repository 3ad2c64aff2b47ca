package dev.qudag.operator.proposal.state;

/** What a person wrote, fit for a message. */
final class OneLine {
  private OneLine() {}

  /**
   * One printable line, a space for each character that is not printable.
   *
   * @param most UTF-16 code units, as {@code Fields} counts them; what is longer is cut off
   */
  static String of(String text, int most) {
    var line = new StringBuilder();
    for (int codePoint : text.codePoints().toArray()) {
      int printable = isPrintable(codePoint) ? codePoint : ' ';
      if (line.length() + Character.charCount(printable) > most) {
        break;
      }
      line.appendCodePoint(printable);
    }
    return line.toString();
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
