package dev.qudag.operator.proposal.queue;

import java.util.Comparator;
import java.util.Optional;

/**
 * A proposal that has not ended.
 *
 * @param acceptedAtMillis when the hub took it: who came first, lands first
 * @param attempt the last merge of it
 * @param decision what the validators judge now
 */
public record Entry(
    String name, long acceptedAtMillis, Optional<Attempt> attempt, Optional<Decision> decision) {
  static final Comparator<Entry> ORDER =
      Comparator.comparingLong(Entry::acceptedAtMillis).thenComparing(Entry::name);

  /** An exact commit on an exact base, with the validators. */
  public record Decision(String base, String commit) {}

  Optional<Attempt> attemptOn(String base) {
    return attempt.filter(a -> a.base().equals(base));
  }
}
