package dev.qudag.consensus.snowball.polling;

import dev.qudag.consensus.snowball.Votes;
import dev.qudag.consensus.snowball.stake.Seats;
import dev.qudag.crypto.Digest;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * One question to one sample: who still owes an answer, and what the others said. Only the first
 * answer of a member that was asked counts, with as many seats as it was drawn for.
 */
final class Poll {
  private final NavigableMap<Integer, Integer> owing;
  private final NavigableMap<Digest, Votes> votes = new TreeMap<>();
  private int outstanding;

  Poll(Seats sample) {
    this.owing = new TreeMap<>(sample.byMember());
    this.outstanding = sample.total();
  }

  /** The seats of a member, taken from those outstanding; 0 when it owes no answer. */
  int take(int member) {
    Integer seats = owing.remove(member);
    if (seats == null) {
      return 0;
    }
    outstanding -= seats;
    return seats;
  }

  void count(Digest conflictSet, Digest choice, int seats) {
    votes.put(conflictSet, votesIn(conflictSet).plus(choice, seats));
  }

  Votes votesIn(Digest conflictSet) {
    return votes.getOrDefault(conflictSet, Votes.NONE);
  }

  /** Whether the answers still outstanding can change nothing in any of the sets. */
  boolean isOver(Map<Digest, ConflictSet> sets) {
    return outstanding == 0
        || sets.entrySet().stream()
            .allMatch(set -> set.getValue().tree().isSettled(votesIn(set.getKey()), outstanding));
  }
}
