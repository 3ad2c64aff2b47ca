package dev.qudag.consensus.snowball.stake;

import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * Who was drawn: the seats of each member that got one, by index.
 *
 * @param byMember at least one seat for each
 */
public record Seats(NavigableMap<Integer, Integer> byMember) {
  public Seats {
    byMember = Collections.unmodifiableNavigableMap(new TreeMap<>(byMember));
    byMember.forEach(
        (member, seats) -> {
          if (member < 0 || seats < 1) {
            throw new IllegalArgumentException(
                seats + " seats of member " + member + ": seats begin at 1, members at 0");
          }
        });
  }

  static Seats count(Collection<Long> units, LongFunction<Integer> owner) {
    NavigableMap<Integer, Integer> seats = new TreeMap<>();
    units.forEach(unit -> seats.merge(owner.apply(unit), 1, Integer::sum));
    return new Seats(seats);
  }

  /** Seats of all members. */
  public int total() {
    return byMember.values().stream().mapToInt(Integer::intValue).sum();
  }
}
