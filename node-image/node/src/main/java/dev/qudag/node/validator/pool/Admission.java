package dev.qudag.node.validator.pool;

/** What became of a decision that somebody brought. */
public sealed interface Admission {
  /** It is new, and on the disk. */
  record New() implements Admission {}

  /** It was brought before, was ordered, or has no future. */
  record Known() implements Admission {}

  /**
   * Its bringer has no room left.
   *
   * @param reason one line, with what the bringer holds and what it may hold
   */
  record Refused(String reason) implements Admission {}
}
