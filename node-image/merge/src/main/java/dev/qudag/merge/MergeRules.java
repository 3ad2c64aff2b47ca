package dev.qudag.merge;

import dev.qudag.merge.symbol.SymbolReport;
import java.util.Collection;
import java.util.Set;

/** The deciding half of an analysis. */
public final class MergeRules {
  private MergeRules() {}

  /**
   * Of a merge without a conflict that is left.
   *
   * @param byRules whether rules resolved what git left in conflict
   */
  public static Category categoryOfClean(
      SymbolReport symbols, boolean byRules, Set<String> byBase, Collection<String> byHead) {
    if (symbols.isSemantic()) {
      return Category.Semantic;
    }
    return byRules || byHead.stream().anyMatch(byBase::contains) ? Category.Textual : Category.None;
  }
}
