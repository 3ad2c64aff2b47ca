package dev.qudag.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Names an object of the same namespace; the field that holds it says of which kind. */
@ApiRecord
public record LocalRef(
    @Required
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("Name of the object, in the same namespace.")
        String name) {}
