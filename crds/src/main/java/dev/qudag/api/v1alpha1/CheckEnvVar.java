package dev.qudag.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * One environment variable of a check. Plain values only: a check runs untrusted code and gets no
 * Secret.
 */
@ApiRecord
public record CheckEnvVar(
    @Required
        @Size(min = 1, max = 128)
        @Pattern("^[A-Za-z_][A-Za-z0-9_]*$")
        @JsonPropertyDescription("Name of the variable.")
        String name,
    @Required @Size(max = 4096) @JsonPropertyDescription("Its value.") String value) {}
