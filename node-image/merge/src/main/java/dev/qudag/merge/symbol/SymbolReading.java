package dev.qudag.merge.symbol;

/** What a parser says of a file. */
public sealed interface SymbolReading {
  /** It parses. */
  record Known(FileSymbols symbols) implements SymbolReading {}

  /** It is looked at as lines only; the same bytes give the same answer on every node. */
  record TextOnly(Why why) implements SymbolReading {}

  /**
   * The parser is not there, died or was killed at its time limit. Says nothing of the file:
   * another node, or the next try, may know it.
   *
   * @param message for people
   */
  record Failed(String message) implements SymbolReading {}

  /** Why a file is looked at as lines only. */
  enum Why {
    /** {@link Language#ofPath} knows none. */
    NoLanguage,
    /** The engine has no parser; its digest says so. */
    NoParser,
    /** More bytes than are parsed. */
    TooLarge,
    /** More nesting, nodes or steps than are followed. */
    TooComplex,
    NotUtf8,
    /** There is an error of syntax in it. */
    Unparsable
  }
}
