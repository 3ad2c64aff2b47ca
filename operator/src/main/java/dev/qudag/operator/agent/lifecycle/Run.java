package dev.qudag.operator.agent.lifecycle;

import dev.qudag.operator.status.PodReason;
import java.time.Instant;
import java.util.Optional;

/**
 * One pod of an agent.
 *
 * @param attempt its number, from 1
 * @param podUid tells pods of one name apart
 * @param stage how far its program got
 * @param stopped since when none of its containers runs any more; empty while one does
 * @param held whether it must stay until the hub has the last snapshot
 * @param deleting whether somebody deleted it
 * @param touched whether its agent may have seen the files, so that there may be something to hand
 *     over
 */
public record Run(
    int attempt,
    String pod,
    String podUid,
    Stage stage,
    Optional<Instant> stopped,
    boolean held,
    boolean deleting,
    boolean touched) {

  /** Name of the pod of an attempt. */
  public static String podName(String agent, int attempt) {
    return agent + "-" + attempt;
  }

  /** How far an agent's program got. */
  public sealed interface Stage {
    /** Not started; perhaps for a reason that a person should know. */
    record Waiting(Optional<PodReason> reason) implements Stage {}

    /** It runs. */
    record Active() implements Stage {}

    /**
     * It ended by itself or by its time limit.
     *
     * @param how for people, for example "exit code 1"
     */
    record Ended(boolean well, String how, Optional<PodReason> reason) implements Stage {}

    /** It was cut off, or never came to run: that counts for nothing. */
    record Lost(String why) implements Stage {}
  }

  /** Nothing more can come of it: it is stopped, and the hub has what it left. */
  public boolean isOver() {
    return stopped.isPresent() && !held;
  }
}
