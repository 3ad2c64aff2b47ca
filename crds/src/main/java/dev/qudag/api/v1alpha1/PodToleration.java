package dev.qudag.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;

/** Lets a pod run on a node with a matching taint; as in a Pod. */
@ApiRecord
public record PodToleration(
    @Size(max = 316) @JsonPropertyDescription("Key of the taint; without it, every key matches.")
        String key,
    @JsonPropertyDescription("How key and value are compared: Exists or Equal (the default).")
        Operator operator,
    @Size(max = 63) @JsonPropertyDescription("Value of the taint, for Equal.") String value,
    @JsonPropertyDescription("Effect of the taint; without it, every effect matches.")
        Effect effect,
    @Min(0)
        @JsonPropertyDescription(
            "How long the pod stays after a NoExecute taint appears, in seconds; without it, for ever.")
        Long tolerationSeconds) {

  /** How a toleration's key and value are compared with a taint's. */
  public enum Operator {
    Exists,
    Equal
  }

  /** What a taint does to pods that do not tolerate it. */
  public enum Effect {
    NoSchedule,
    PreferNoSchedule,
    NoExecute
  }
}
