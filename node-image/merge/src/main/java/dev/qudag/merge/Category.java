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
  /** Anything left: people resolve it. */
  Complex
}
