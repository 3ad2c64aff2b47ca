package dev.qudag.merge.rule;

import dev.qudag.merge.text.Hunk;
import dev.qudag.merge.text.Hunk.Part;
import java.util.List;

/** Hunks for tests of rules: lines are written in one string, each with its line feed. */
final class TestingHunks {
  private TestingHunks() {}

  static Hunk change(String path, String base, String ours, String theirs) {
    return change(path, "", base, ours, theirs);
  }

  /** Below lines that nobody changed. */
  static Hunk change(String path, String before, String base, String ours, String theirs) {
    return new Hunk(
        path, 1, part(before, base, ""), part(before, ours, ""), part(before, theirs, ""));
  }

  /** Between lines that nobody changed. */
  static Hunk addition(String path, String before, String ours, String theirs, String after) {
    return new Hunk(
        path, 1, part(before, "", after), part(before, ours, after), part(before, theirs, after));
  }

  static Part part(String before, String lines, String after) {
    return new Part(lines(before), lines(lines), lines(after));
  }

  static Hunk mirrored(Hunk hunk) {
    return new Hunk(hunk.path(), hunk.line(), hunk.inBase(), hunk.inTheirs(), hunk.inOurs());
  }

  static List<String> lines(String text) {
    return text.lines().toList();
  }
}
