package dev.qudag.node.validator.judge;

/**
 * Makes one printable line of bounded length out of a message: what attestations carry as a reason.
 */
final class Line {
  private static final int MOST = 500;

  private Line() {}

  static String of(String text) {
    String printable = text.replaceAll("\\p{C}", " ").strip();
    return printable.length() <= MOST ? printable : printable.substring(0, MOST) + "…";
  }
}
