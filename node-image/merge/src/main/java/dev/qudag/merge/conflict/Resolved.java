package dev.qudag.merge.conflict;

import dev.qudag.merge.FileReport;

/** What became of a file in conflict. */
public sealed interface Resolved {
  /**
   * Every hunk has its rule.
   *
   * @param bytes what stands in the file's place
   */
  record ByRules(FileReport report, byte[] bytes) implements Resolved {}

  /** Left to people. */
  record Not(FileReport report) implements Resolved {}
}
