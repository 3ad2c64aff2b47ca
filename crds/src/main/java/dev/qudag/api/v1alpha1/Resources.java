package dev.qudag.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** CPU, memory and scratch space of one container. */
@ApiRecord
public record Resources(
    @Size(max = 3)
        @ValidationRule(
            value = "self.all(k, k in ['cpu', 'memory', 'ephemeral-storage'])",
            message = "resources know cpu, memory and ephemeral-storage: remove the other keys")
        @JsonPropertyDescription(
            "What the scheduler sets aside: cpu in cores, the others in bytes.")
        Map<String, Quantity> requests,
    @Size(max = 3)
        @ValidationRule(
            value = "self.all(k, k in ['cpu', 'memory', 'ephemeral-storage'])",
            message = "resources know cpu, memory and ephemeral-storage: remove the other keys")
        @JsonPropertyDescription(
            "What the container may use at most: cpu in cores, the others in bytes.")
        Map<String, Quantity> limits) {
  public Resources {
    requests = Absent.orEmpty(requests);
    limits = Absent.orEmpty(limits);
  }
}
