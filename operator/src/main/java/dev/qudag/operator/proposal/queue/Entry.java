package dev.qudag.operator.proposal.queue;

import java.util.Optional;
import java.util.Set;

/**
 * A proposal that has not ended.
 *
 * @param acceptedAtMillis when the hub took it, since the epoch
 * @param priority 0 to {@link LineOrder#MAX_PRIORITY}: hours of head start
 * @param dependsOn names of proposals that must land before it, or with it
 * @param isAlone it shares no check and lands by a decision of its own, whatever the batch size
 * @param share how many at most share its next check because a check that it shared has failed; 0
 *     when none has
 * @param attempt the last merge of it
 * @param decision what the validators judge now
 */
public record Entry(
    String name,
    long acceptedAtMillis,
    int priority,
    Set<String> dependsOn,
    boolean isAlone,
    int share,
    Optional<Attempt> attempt,
    Optional<Decision> decision) {

  public Entry {
    if (priority < 0 || priority > LineOrder.MAX_PRIORITY) {
      throw new IllegalArgumentException(
          "a priority is 0 to %d, not %d".formatted(LineOrder.MAX_PRIORITY, priority));
    }
    dependsOn = Set.copyOf(dependsOn);
  }

  /** An exact commit on an exact base, with the validators. */
  public record Decision(String base, String commit) {}

  /** As the hub has just taken it. */
  public static Entry accepted(
      String name, long acceptedAtMillis, int priority, Set<String> dependsOn) {
    return new Entry(
        name, acceptedAtMillis, priority, dependsOn, false, 0, Optional.empty(), Optional.empty());
  }

  /** One of those that failed together, and not yet told from them. */
  boolean isSuspect() {
    return share > 0;
  }

  public Entry with(Attempt next) {
    return new Entry(
        name, acceptedAtMillis, priority, dependsOn, isAlone, share, Optional.of(next), decision);
  }

  public Entry with(Optional<Decision> next) {
    return new Entry(name, acceptedAtMillis, priority, dependsOn, isAlone, share, attempt, next);
  }

  /** Without an attempt; see {@link Step.Split} and {@link Step.Build}. */
  public Entry sharing(int atMost) {
    return new Entry(
        name, acceptedAtMillis, priority, dependsOn, isAlone, atMost, Optional.empty(), decision);
  }

  /** As one that lands by a decision of its own. */
  public Entry apart() {
    return new Entry(name, acceptedAtMillis, priority, dependsOn, true, share, attempt, decision);
  }
}
