package dev.qudag.operator.proposal.queue.simulation;

import java.util.Optional;

/**
 * A change that an agent proposes, as it really is.
 *
 * @param name of this revision of it
 * @param root the same for all revisions
 * @param revision from 0; each comes after a refusal of the one before
 * @param writtenAt when the agent last looked at the branch, seconds
 * @param proposedAt seconds
 * @param bad its tree fails the checks, wherever it is built
 * @param rival root of the change that it conflicts with, unless the agent has seen that one
 */
record Change(
    String name,
    String root,
    int revision,
    long writtenAt,
    long proposedAt,
    int priority,
    boolean bad,
    Optional<String> rival) {

  /** What the agent makes of a refusal: upon the branch as it is then. */
  Change mended(long at, boolean stillBad) {
    int next = revision + 1;
    return new Change(root + "." + next, root, next, at, at, priority, stillBad, rival);
  }
}
