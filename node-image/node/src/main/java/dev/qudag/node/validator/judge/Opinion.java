package dev.qudag.node.validator.judge;

/** What comes of judging a decision. */
public sealed interface Opinion {
  /** It is right: the merge was repeated and gave the same bytes. */
  record Approve() implements Opinion {}

  /**
   * It is wrong and stays wrong.
   *
   * @param reason {@code Reason: detail}, one line
   */
  record Reject(String reason) implements Opinion {}

  /**
   * It is made for a state, or rests on evidence, that this validator has not seen, or is made by
   * an engine that this validator has not: judge again when more is known, not before.
   */
  record NotYet() implements Opinion {}
}
