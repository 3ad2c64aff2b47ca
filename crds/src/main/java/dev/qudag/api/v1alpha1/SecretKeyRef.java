package dev.qudag.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One key of a Secret of the same namespace. */
@ApiRecord
public record SecretKeyRef(
    @Required
        @Size(min = 1, max = 253)
        @JsonPropertyDescription(
            "Name of the Secret; it must be listed in the Swarm's agentSecrets.")
        String name,
    @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Key inside the Secret.")
        String key) {}
