package dev.qudag.node.hub.landing;

import dev.qudag.merge.ObjectId;

/**
 * The branch of a Git server outside that this one follows. Calls take as long as its time limits
 * say; while it does not answer they say so at once, until another try is due.
 */
public interface Upstream {
  /** Where its branch stands; when the answer is a commit, its objects are in the repository. */
  Answer look();

  /**
   * Moves its branch from the base to the commit, and nothing else; the notes go along.
   *
   * @return where its branch stands then: at the commit, at what has it in its history, or wherever
   *     else somebody moved it to
   */
  Answer push(ObjectId commit, ObjectId base);

  /** Whether a push would be answered as the last one was, since another try is not due. */
  boolean isResting();

  /** What upstream said. Texts are one line, printable, and at most a few hundred characters. */
  sealed interface Answer {
    /** Its branch is there. */
    record At(ObjectId commit) implements Answer {}

    /** Its branch is where it was: a rule of the server does not take the commit. */
    record Refused(String words) implements Answer {}

    /** It has no such branch. */
    record Gone() implements Answer {}

    /** Its branch holds what no node takes in. */
    record Unfit(String why) implements Answer {}

    /** It does not answer, or does not let this hub in. */
    record Unreachable(String why) implements Answer {}
  }
}
