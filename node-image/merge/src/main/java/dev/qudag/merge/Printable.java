package dev.qudag.merge;

/** Makes untrusted text fit for a message: one line, no control characters, bounded. */
public final class Printable {
  private static final int MAX = 200;

  private Printable() {}

  public static String of(String text) {
    var out = new StringBuilder();
    text.codePoints()
        .limit(MAX)
        .forEach(
            c -> {
              if (isControl(c)) {
                out.append(String.format("\\u%04x", c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return text.codePointCount(0, text.length()) > MAX
        ? out.append('…').toString()
        : out.toString();
  }

  /**
   * Also the invisible ones that reorder or hide text (format characters, line separators, lone
   * surrogates).
   */
  public static boolean isControl(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
