package dev.qudag.merge.rule;

import dev.qudag.merge.text.Hunk;
import java.util.List;

/** Hunks for tests of rules: lines are written in one string, each with its line feed. */
final class TestingHunks {
  private TestingHunks() {}

  static Hunk change(String path, String base, String ours, String theirs) {
    return new Hunk(path, 1, List.of(), lines(base), lines(ours), lines(theirs), List.of());
  }

  static Hunk addition(String path, String before, String ours, String theirs, String after) {
    return new Hunk(path, 1, lines(before), List.of(), lines(ours), lines(theirs), lines(after));
  }

  static Hunk mirrored(Hunk hunk) {
    return new Hunk(
        hunk.path(),
        hunk.line(),
        hunk.before(),
        hunk.base(),
        hunk.theirs(),
        hunk.ours(),
        hunk.after());
  }

  static List<String> lines(String text) {
    return text.lines().toList();
  }
}
