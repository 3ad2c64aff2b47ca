package dev.qudag.merge.rule;

import dev.qudag.merge.text.Hunk;
import java.util.List;
import java.util.Optional;

/**
 * A way to resolve lines in conflict, for one kind of conflict. A change of what a rule says raises
 * {@link PatternRules#VERSION}.
 */
sealed interface Rule
    permits IdenticalEdits, TrailingWhitespace, VersionNumbers, BothAddImports, AdjacentAdditions {

  /** API: what the analysis report calls it. */
  String name();

  /** The lines that take the place of the hunk; empty when it is none of the rule's, or unsure. */
  Optional<List<String>> resolve(Hunk hunk);

  /**
   * What of a line must be found again in the result: two lines for which it is the same are one
   * line to the rule.
   */
  default String identity(String line) {
    return line;
  }
}
