package dev.qudag.merge;

import java.util.Collection;
import java.util.Set;

/** The deciding half of an analysis. */
public final class MergeRules {
  private MergeRules() {}

  /** Of a merge that git finished without a conflict. */
  public static Category categoryOfClean(Set<String> byBase, Collection<String> byHead) {
    return byHead.stream().anyMatch(byBase::contains) ? Category.Textual : Category.None;
  }
}
