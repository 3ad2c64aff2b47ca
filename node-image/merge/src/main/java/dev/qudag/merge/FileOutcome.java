package dev.qudag.merge;

/** What became of a file in conflict; the names are API (the analysis report). */
public enum FileOutcome {
  /** A rule resolved each hunk in conflict, and no code is lost. */
  Resolved,
  /** For one hunk at least there is no rule, or none that keeps every line. */
  NoRule,
  /** Nobody looked: a revert, or more files in conflict than are looked at. */
  NotTried,
  /**
   * Not one regular file of one mode in the ancestor and on both sides: deleted by one, added by
   * both, moved to two places, a link, a submodule, another mode.
   */
  NotOneFile,
  /** Git names a conflict that is not about lines, such as a folder that moved. */
  OtherConflict,
  /** A side, or the ancestor, has a NUL. */
  Binary,
  /** A side, or the ancestor, is not UTF-8. */
  NotUtf8,
  /** Lines end in different ways, within a version or between two. */
  MixedLineEndings,
  /** The last line of a version does not end. */
  UnendedLine,
  /** A version has more bytes or lines than are looked at. */
  TooLarge,
  /** A side has more changed lines, or the file more hunks, than are looked at. */
  TooManyChanges,
  /** A version holds lines that look like conflict markers. */
  HasMarkers,
  /** Git merges what is not in conflict differently: the hunks are not certain. */
  MergedOtherwise
}
