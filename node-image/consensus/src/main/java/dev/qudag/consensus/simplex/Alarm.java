package dev.qudag.consensus.simplex;

import java.time.Duration;
import java.util.Optional;

/**
 * The one timer of a member.
 *
 * <pre>
 *            a block is due, or something is missing           time runs out, or nothing is due any more
 *   quiet ------------------------------------------> armed -------------------------------------------> quiet
 *                                                       |
 *                                                       +-- another view: armed for that one
 * </pre>
 */
final class Alarm {
  /** What it means when the time runs out. */
  enum Purpose {
    /** The leader has waited long enough for finality to come by itself. */
    GRACE,
    /** The leader took too long, or an answer did. */
    RETRY
  }

  private record Armed(long view, Purpose purpose) {}

  private Optional<Armed> armed = Optional.empty();

  /** Arms for the view unless it is armed for that view. */
  Optional<Effect> arm(long view, Purpose purpose, Duration after) {
    if (armed.filter(now -> now.view() == view).isPresent()) {
      return Optional.empty();
    }
    armed = Optional.of(new Armed(view, purpose));
    return Optional.of(new Effect.SetTimer(view, after));
  }

  Optional<Effect> disarm() {
    Optional<Effect> stop = armed.map(now -> new Effect.StopTimer());
    armed = Optional.empty();
    return stop;
  }

  /** What the time ran out for; empty when it is an old timer's. */
  Optional<Purpose> ranOut(long view) {
    Optional<Purpose> purpose = armed.filter(now -> now.view() == view).map(Armed::purpose);
    purpose.ifPresent(now -> armed = Optional.empty());
    return purpose;
  }
}
