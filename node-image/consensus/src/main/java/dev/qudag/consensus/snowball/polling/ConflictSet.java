package dev.qudag.consensus.snowball.polling;

import dev.qudag.consensus.snowball.ChoiceTree;
import dev.qudag.consensus.snowball.Votes;
import dev.qudag.crypto.Digest;

/**
 * Choices of which at most one may land, and the polls that were counted for them: none after the
 * one that accepted.
 */
record ConflictSet(ChoiceTree tree, int polls) {
  ConflictSet with(Digest choice) {
    return new ConflictSet(tree.with(choice), polls);
  }

  ConflictSet polled(Votes votes) {
    return isOpen() ? new ConflictSet(tree.polled(votes), polls + 1) : this;
  }

  boolean isOpen() {
    return !tree.isAccepted();
  }

  boolean misses(Digest choice) {
    return !tree.holds(choice) && !tree.isRuledOut(choice);
  }
}
