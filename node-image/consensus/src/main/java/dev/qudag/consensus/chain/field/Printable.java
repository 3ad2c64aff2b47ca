package dev.qudag.consensus.chain.field;

/**
 * The characters that a text may hold. A table of its own, because what Java calls unassigned or
 * formatting grows with its Unicode version: nodes of two Java releases would refuse different
 * texts.
 *
 * <p>Refused are controls, formatting characters and the ranges that Unicode keeps for more of them
 * (Default_Ignorable_Code_Point), line and paragraph separators, surrogates, private use and
 * noncharacters, all as of Unicode 16. Whatever else comes to be assigned is taken today already.
 */
final class Printable {
  /**
   * First and last code point of each refused range, rising; noncharacters at the end of planes are
   * not in it.
   */
  private static final int[][] REFUSED = {
    {0x0000, 0x001F},
    {0x007F, 0x009F},
    {0x00AD, 0x00AD},
    {0x0600, 0x0605},
    {0x061C, 0x061C},
    {0x06DD, 0x06DD},
    {0x070F, 0x070F},
    {0x0890, 0x0891},
    {0x08E2, 0x08E2},
    {0x180E, 0x180E},
    {0x200B, 0x200F},
    {0x2028, 0x202E},
    {0x2060, 0x206F},
    {0xD800, 0xF8FF},
    {0xFDD0, 0xFDEF},
    {0xFEFF, 0xFEFF},
    {0xFFF0, 0xFFFB},
    {0x110BD, 0x110BD},
    {0x110CD, 0x110CD},
    {0x13430, 0x1343F},
    {0x1BCA0, 0x1BCA3},
    {0x1D173, 0x1D17A},
    {0xE0000, 0xE00FF},
    {0xE01F0, 0xE0FFF},
    {0xF0000, 0x10FFFF},
  };

  private Printable() {}

  static boolean is(int codePoint) {
    for (int[] range : REFUSED) {
      if (codePoint <= range[1]) {
        return codePoint < range[0] && !endsAPlane(codePoint);
      }
    }
    return false;
  }

  /** The last two code points of each plane are no characters, and never will be. */
  private static boolean endsAPlane(int codePoint) {
    return (codePoint & 0xFFFE) == 0xFFFE;
  }
}
