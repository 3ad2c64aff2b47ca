package dev.qudag.operator.status;

import dev.qudag.api.v1alpha1.Condition;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Turns facts into conditions. Status is computed, never accumulated: a condition without a fact is
 * gone. Only {@code lastTransitionTime} comes from before, and only while the status stays the
 * same.
 */
public final class Conditions {
  private static final int MAX_MESSAGE = 2048;

  /** What would steer a terminal that shows a message, which others may have worded. */
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}&&[^\\n\\t]]");

  private final Clock clock;

  public Conditions(Clock clock) {
    this.clock = clock;
  }

  /**
   * The conditions that follow from the facts, in their order.
   *
   * @param before the conditions that the object has
   * @param generation the generation of the spec that the facts were computed from
   */
  public List<Condition> merge(List<Condition> before, long generation, List<Fact> facts) {
    return facts.stream().map(fact -> condition(before, generation, fact)).toList();
  }

  private Condition condition(List<Condition> before, long generation, Fact fact) {
    String since =
        find(before, fact.type())
            .filter(old -> old.status() == fact.status())
            .map(Condition::lastTransitionTime)
            .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    return new Condition(
        fact.type(), fact.status(), fact.reason(), shown(fact.message()), since, generation);
  }

  private static String shown(String message) {
    String bounded =
        message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 1) + "…";
    return INVISIBLE.matcher(bounded).replaceAll(" ");
  }

  public static Optional<Condition> find(List<Condition> conditions, String type) {
    return conditions.stream().filter(condition -> condition.type().equals(type)).findFirst();
  }

  public static boolean isTrue(List<Condition> conditions, String type) {
    return find(conditions, type)
        .filter(condition -> condition.status() == Condition.Status.True)
        .isPresent();
  }
}
