package dev.qudag.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * One fact about an object, in the shape of {@code metav1.Condition}.
 *
 * @see <a
 *     href="https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#typical-status-properties">Kubernetes'
 *     API conventions</a>
 */
@ApiRecord
public record Condition(
    @Required
        @Size(min = 1, max = 64)
        @JsonPropertyDescription("Name of the fact, for example Ready.")
        String type,
    @Required @JsonPropertyDescription("Whether it holds.") Status status,
    @Required
        @Size(min = 1, max = 64)
        @Pattern("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$")
        @JsonPropertyDescription("Why, as one word of the documented vocabulary.")
        String reason,
    @Required
        @Size(max = 2048)
        @JsonPropertyDescription("Why, for people: names the object and what to do.")
        String message,
    @Required @Size(max = 32) @JsonPropertyDescription("When status last changed, RFC 3339 in UTC.")
        String lastTransitionTime,
    @Min(0) @JsonPropertyDescription("Generation of the object that this was computed from.")
        Long observedGeneration) {

  /**
   * Every kind's summary: it does what it should, or has ended. Its reason is what {@code kubectl
   * get} prints.
   */
  public static final String READY = "Ready";

  /** Only present while true: the operator is on the way to what spec asks for. */
  public static final String RECONCILING = "Reconciling";

  /** Only present while true: it can never become ready unless a person changes something. */
  public static final String STALLED = "Stalled";

  /** Whether a fact holds. */
  public enum Status {
    True,
    False,
    Unknown
  }
}
