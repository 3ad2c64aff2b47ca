package dev.qudag.operator.agent.lifecycle;

import java.util.Optional;

/**
 * How a proposal of an agent stands.
 *
 * @param acceptedAtMillis when the hub took it, milliseconds since 1970
 * @param check of a refusal by a check: which, and the end of its output
 */
public record Proposed(
    String name,
    long acceptedAtMillis,
    Outcome outcome,
    String reason,
    String message,
    Optional<FailedCheck> check) {

  /** What became of a proposal. */
  public enum Outcome {
    /** It is on its way. */
    OPEN,
    /** It is on the branch. */
    MERGED,
    /** It was refused, and another revision may mend that. */
    REFUSED,
    /** It ended otherwise: a person withdrew it, or the validators rejected it. */
    ENDED
  }

  /** The check that refused a proposal. */
  public record FailedCheck(String name, String log) {}
}
