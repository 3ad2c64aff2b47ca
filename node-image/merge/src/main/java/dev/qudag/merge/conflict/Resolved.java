package dev.qudag.merge.conflict;

import dev.qudag.merge.FileReport;
import dev.qudag.merge.text.Text;

/** What became of a file in conflict. */
public sealed interface Resolved {
  /**
   * Every hunk has its rule.
   *
   * @param bytes what stands in the file's place
   */
  record ByRules(FileReport report, byte[] bytes) implements Resolved {}

  /**
   * A hunk at least has no rule. Those that have one are resolved in the versions of both sides.
   *
   * @param report as it is when nobody resolves the rest
   */
  record InPart(FileReport report, Text base, Text ours, Text theirs) implements Resolved {}

  /** Left to people. */
  record Not(FileReport report) implements Resolved {}
}
