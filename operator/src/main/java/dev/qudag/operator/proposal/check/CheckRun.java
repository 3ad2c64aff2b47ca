package dev.qudag.operator.proposal.check;

import dev.qudag.operator.status.PodReason;
import java.time.Instant;
import java.util.Optional;

/** How a check's Job stands. */
public sealed interface CheckRun {
  /** There is no Job. */
  record NotStarted() implements CheckRun {}

  /**
   * It has not ended.
   *
   * @param held why it does not start yet, such as a full cluster
   * @param lookAgain when it would have run out of time
   */
  record Running(Optional<PodReason> held, Optional<Instant> lookAgain) implements CheckRun {}

  /** Exit code 0, in time. */
  record Passed(Ending ending) implements CheckRun {}

  /** Another exit code. */
  record Failed(int exitCode, Ending ending) implements CheckRun {}

  /** Did not end in time. */
  record TimedOut(Ending ending) implements CheckRun {}

  /**
   * It could not run, which says nothing about the tree.
   *
   * @param retry when a new Job takes its place; empty while Kubernetes itself goes on trying
   * @param attempt that failed, from 1
   */
  record Blocked(PodReason why, Optional<Instant> retry, int attempt) implements CheckRun {}

  /**
   * What ran.
   *
   * @param image id of the image, as the node resolved it
   * @param pod whose log it left; empty when the pod is gone
   */
  record Ending(String image, Optional<String> pod) {}
}
