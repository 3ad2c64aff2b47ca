package dev.qudag.merge;

/** What became of a file in conflict; the names are API (the analysis report). */
public enum FileOutcome {
  /** A rule resolved each hunk in conflict, and no code is lost. */
  Resolved,
  /** A structured merge resolved each hunk that no rule did, and its result may stand. */
  Structured,
  /**
   * For one hunk at least there is no rule, or none that keeps every line; and the file is in no
   * language whose structure is known, or too large for it.
   */
  NoRule,
  /** A structured merge leaves conflicts. */
  StructureConflict,
  /** A version, or what a structured merge made, does not parse. */
  NotParsed,
  /** Both sides changed or added one symbol differently, or one removed what the other changed. */
  SameSymbol,
  /** What a structured merge made lacks a symbol, has one too many, or another form of it. */
  SymbolsLost,
  /** Declarations of a version share a line or a name, so that they cannot be told apart. */
  SymbolsUnclear,
  /**
   * A side moved a declaration; or both changed what stands outside of declarations, or added what
   * has an order, at one place; or a structured merge put something elsewhere.
   */
  OrderUnclear,
  /** What a structured merge made lacks a line, or has one that no side has. */
  LinesLost,
  /**
   * The structured merge or the parser came to no end within its limits. Says nothing of the file:
   * on another node it may.
   */
  Stopped,
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
  MergedOtherwise;

  /** Whether the file's structure was looked at. */
  public boolean isOfStructure() {
    return switch (this) {
      case Structured,
          StructureConflict,
          NotParsed,
          SameSymbol,
          SymbolsLost,
          SymbolsUnclear,
          OrderUnclear,
          LinesLost,
          Stopped ->
          true;
      case Resolved,
          NoRule,
          NotTried,
          NotOneFile,
          OtherConflict,
          Binary,
          NotUtf8,
          MixedLineEndings,
          UnendedLine,
          TooLarge,
          TooManyChanges,
          HasMarkers,
          MergedOtherwise ->
          false;
    };
  }
}
