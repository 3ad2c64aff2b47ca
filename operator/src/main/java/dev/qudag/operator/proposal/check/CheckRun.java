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
   * @param lookAgain when time alone makes something else of it
   */
  record Running(Optional<PodReason> held, Optional<Instant> lookAgain, Tries tries)
      implements CheckRun {}

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
   */
  record Blocked(PodReason why, Optional<Instant> retry, Tries tries) implements CheckRun {}

  /** It ended in another image than the one that its reference has come to stand for. */
  record Outdated(Tries tries) implements CheckRun {}

  /**
   * What ran.
   *
   * @param image id of the image, as the node resolved it
   * @param pod whose log it left; empty when the pod is gone
   * @param tries which one it was
   */
  record Ending(String image, Optional<String> pod, Tries tries) {}

  /** What is left of a run that said something about the tree. */
  default Optional<Ending> ended() {
    return switch (this) {
      case Passed(var ending) -> Optional.of(ending);
      case Failed(_, var ending) -> Optional.of(ending);
      case TimedOut(var ending) -> Optional.of(ending);
      case NotStarted _, Running _, Blocked _, Outdated _ -> Optional.empty();
    };
  }
}
