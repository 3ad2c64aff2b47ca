package dev.qudag.merge.parser;

/**
 * The parser gave no answer, for a reason that may be no property of the input: it died, or was
 * killed at its time limit. Who cannot parse has no opinion of a merge.
 */
public final class ParserException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ParserException(String message) {
    super(message);
  }
}
