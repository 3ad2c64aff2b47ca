package dev.qudag.operator.status;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.Condition.Status;

/**
 * One thing that a pass found out about an object; {@link Conditions} turns it into a condition.
 *
 * @param type name of the condition, for example Ready
 * @param reason one word of the documented vocabulary
 * @param message for people: names the object and what to do
 */
public record Fact(String type, Status status, String reason, String message) {
  public static Fact yes(String type, String reason, String message) {
    return new Fact(type, Status.True, reason, message);
  }

  public static Fact no(String type, String reason, String message) {
    return new Fact(type, Status.False, reason, message);
  }

  public static Fact unknown(String type, String reason, String message) {
    return new Fact(type, Status.Unknown, reason, message);
  }

  /** The object never becomes ready unless a person changes something. */
  public static Fact stalled(String reason, String message) {
    return yes(Condition.STALLED, reason, message);
  }

  /** The operator is on the way to what spec asks for. */
  public static Fact reconciling(String reason, String message) {
    return yes(Condition.RECONCILING, reason, message);
  }

  public boolean holds() {
    return status == Status.True;
  }
}
