package dev.qudag.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** Which validator of which swarm. */
@ApiRecord
public record ValidatorSpec(
    @Required @JsonPropertyDescription("The Swarm whose branch is guarded.") LocalRef swarmRef,
    @Required
        @Min(0)
        @Max(1023)
        @JsonPropertyDescription("Index in the validator set, never used again.")
        int index) {}
