package dev.qudag.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** What a person or an Agent wants of a workspace. */
@ApiRecord
@ValidationRule(
    value =
        "self.swarmRef == oldSelf.swarmRef && self.vcs == oldSelf.vcs && self.base == oldSelf.base",
    message =
        "swarmRef, vcs and base are immutable, the working copy was made from them: make a new Workspace")
public record WorkspaceSpec(
    @Required @JsonPropertyDescription("The Swarm whose repository is worked on. Immutable.")
        LocalRef swarmRef,
    @Default("Jujutsu")
        @JsonPropertyDescription("Which version control keeps the workspace's history. Immutable.")
        Vcs vcs,
    @Default("main")
        @Size(min = 1, max = 64)
        @Pattern("^[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?$")
        @JsonPropertyDescription(
            "Branch that the working copy starts from and proposes to. Immutable.")
        String base,
    @Default("{\"size\": \"1Gi\"}") @JsonPropertyDescription("The workspace's volume.")
        Storage storage,
    @Default("Delete")
        @JsonPropertyDescription("What becomes of the volume when the Workspace is deleted.")
        Retention retention) {}
