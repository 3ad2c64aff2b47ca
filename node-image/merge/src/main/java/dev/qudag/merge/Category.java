package dev.qudag.merge;

/** How hard a merge is; the names are API (MergeProposal status, decisions). */
public enum Category {
  /** No conflict, and no path touched by both sides. */
  None,
  /**
   * Both sides touched a path, and git merges each of them cleanly, or pattern rules resolve every
   * line in conflict.
   */
  Textual,
  /**
   * Lines conflict, and a structured merge resolves them: {@code structure} says what may stand.
   */
  Syntactic,
  /**
   * It merges, but both sides changed the same symbol, or one uses what the other changed. Asked
   * for before all others.
   */
  Semantic,
  /** Anything left: people resolve it. */
  Complex
}
