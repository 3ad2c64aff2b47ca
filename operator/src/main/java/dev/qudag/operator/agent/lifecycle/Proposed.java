package dev.qudag.operator.agent.lifecycle;

import java.util.List;
import java.util.Optional;

/**
 * How a proposal of an agent stands.
 *
 * @param acceptedAtMillis when the hub took it, milliseconds since 1970
 * @param evidence of a refusal
 */
public record Proposed(
    String name,
    long acceptedAtMillis,
    Outcome outcome,
    String reason,
    String message,
    Evidence evidence) {

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

  /**
   * What an agent needs to see in order to mend it.
   *
   * @param check that failed
   * @param conflicts paths in conflict with the branch, the first 20 of them
   * @param symbols where lines merge: what is in conflict in these paths, in sentences
   */
  public record Evidence(
      Optional<FailedCheck> check, List<String> conflicts, List<String> symbols) {
    public static final Evidence NONE = new Evidence(Optional.empty(), List.of());

    /** Of a check, or of lines. */
    public Evidence(Optional<FailedCheck> check, List<String> conflicts) {
      this(check, conflicts, List.of());
    }

    public boolean isEmpty() {
      return equals(NONE);
    }
  }

  /**
   * The check that refused a proposal.
   *
   * @param exitCode empty when it ran out of time
   * @param log the end of its output
   */
  public record FailedCheck(String name, Optional<Integer> exitCode, String log) {}
}
