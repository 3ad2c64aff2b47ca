package dev.qudag.consensus.snowball;

import dev.qudag.crypto.Digest;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The answers to one poll about one conflict set.
 *
 * @param seats seats of the sample that answered with each choice, at least 1
 */
public record Votes(NavigableMap<Digest, Integer> seats) {
  public static final Votes NONE = new Votes(Collections.emptyNavigableMap());

  public Votes {
    seats = Collections.unmodifiableNavigableMap(new TreeMap<>(seats));
  }

  /** These votes and so many more for one choice. */
  public Votes plus(Digest choice, int more) {
    if (more < 1) {
      throw new IllegalArgumentException(more + " seats vote, expected at least 1");
    }
    NavigableMap<Digest, Integer> sum = new TreeMap<>(seats);
    sum.merge(choice, more, Integer::sum);
    return new Votes(sum);
  }

  /** Seats of all choices. */
  int count() {
    int count = 0;
    for (int some : seats.values()) {
      count += some;
    }
    return count;
  }

  /** The votes for choices with this bit at this place. */
  Votes at(int index, Bit bit) {
    return only(choice -> Bit.at(index, choice) == bit);
  }

  Votes only(Predicate<Digest> wanted) {
    if (seats.keySet().stream().allMatch(wanted)) {
      return this;
    }
    NavigableMap<Digest, Integer> some = new TreeMap<>(seats);
    some.keySet().removeIf(wanted.negate());
    return new Votes(some);
  }
}
