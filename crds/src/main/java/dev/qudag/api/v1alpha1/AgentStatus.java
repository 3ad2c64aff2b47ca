package dev.qudag.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** How an agent stands. */
@ApiRecord
public record AgentStatus(
    @JsonPropertyDescription("Generation of the spec that this status was computed from.")
        Long observedGeneration,
    @Size(max = 16) @JsonPropertyDescription("Ready, and what else is true.")
        List<Condition> conditions,
    @Size(max = 253) @JsonPropertyDescription("Name of the agent's Workspace.") String workspace,
    @Size(max = 253) @JsonPropertyDescription("Name of the running pod; none between runs.")
        String pod,
    @JsonPropertyDescription("Number of the current or last run, from 1, over all revisions.")
        Integer attempt,
    @JsonPropertyDescription(
            "How many times the agent was started again because its change was refused.")
        Integer revisionCount,
    @JsonPropertyDescription("The agent's proposals in figures.") Proposals proposals) {
  public AgentStatus {
    conditions = Absent.orEmpty(conditions);
  }

  /** An agent's proposals in figures. */
  @ApiRecord
  public record Proposals(
      @JsonPropertyDescription("All of them.") int submitted,
      @JsonPropertyDescription("Those on the branch.") int merged,
      @JsonPropertyDescription("Those that ended without landing.") int rejected,
      @Size(max = 64)
          @JsonPropertyDescription("The same for people, for example 1 merged, 1 rejected.")
          String summary) {}
}
