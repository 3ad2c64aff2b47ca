package dev.qudag.merge;

import java.util.List;

/**
 * A file in conflict.
 *
 * @param hunks what is in conflict in it, from the top; empty where its lines were not looked at
 */
public record FileReport(String path, FileOutcome outcome, List<HunkReport> hunks) {
  public FileReport {
    hunks = List.copyOf(hunks);
  }

  /** Of a file whose lines were not looked at. */
  public static FileReport of(String path, FileOutcome outcome) {
    return new FileReport(path, outcome, List.of());
  }

  /**
   * Lines in conflict.
   *
   * @param line where they begin in the branch's version, from 1
   * @param rule the name of the rule that resolves them; empty when none does
   */
  public record HunkReport(int line, String rule) {
    public boolean isResolved() {
      return !rule.isEmpty();
    }
  }
}
