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
   * It is made for a state that this validator has not seen: judge again after the next final
   * block.
   */
  record NotYet() implements Opinion {}
}
