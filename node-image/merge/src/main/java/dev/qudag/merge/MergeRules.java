package dev.qudag.merge;

import dev.qudag.merge.symbol.SymbolReport;
import java.util.Collection;
import java.util.Set;

/** The deciding half of an analysis. */
public final class MergeRules {
  private MergeRules() {}

  /**
   * Of a merge without a conflict that is left: the highest that a file of it needs.
   *
   * @param resolved what git left in conflict
   */
  public static Category categoryOfClean(
      SymbolReport symbols,
      Collection<FileReport> resolved,
      Set<String> byBase,
      Collection<String> byHead) {
    if (symbols.isSemantic()) {
      return Category.Semantic;
    }
    if (resolved.stream().anyMatch(file -> file.outcome() == FileOutcome.Structured)) {
      return Category.Syntactic;
    }
    return !resolved.isEmpty() || byHead.stream().anyMatch(byBase::contains)
        ? Category.Textual
        : Category.None;
  }
}
