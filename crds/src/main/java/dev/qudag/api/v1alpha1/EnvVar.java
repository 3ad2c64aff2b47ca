package dev.qudag.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** One environment variable of an agent: a plain value, or a key of a Secret, never both. */
@ApiRecord
@ValidationRule(
    value = "!(has(self.value) && has(self.secretKeyRef))",
    message = "env takes either value or secretKeyRef: remove one of the two")
@ValidationRule(
    value = "!self.name.startsWith('QUDAG_')",
    message = "env names that begin with QUDAG_ belong to the operator: choose another name")
public record EnvVar(
    @Required
        @Size(min = 1, max = 128)
        @Pattern("^[A-Za-z_][A-Za-z0-9_]*$")
        @JsonPropertyDescription("Name of the variable.")
        String name,
    @Size(max = 4096) @JsonPropertyDescription("Its value.") String value,
    @JsonPropertyDescription("Takes the value from a Secret that the Swarm's agentSecrets allow.")
        SecretKeyRef secretKeyRef) {}
