package dev.qudag.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** How a workspace stands. */
@ApiRecord
public record WorkspaceStatus(
    @JsonPropertyDescription("Generation of the spec that this status was computed from.")
        Long observedGeneration,
    @Size(max = 16) @JsonPropertyDescription("Ready, Cloned and Bound.") List<Condition> conditions,
    @Size(max = 40) @JsonPropertyDescription("Commit of the last snapshot, 40 hex digits.")
        String revision,
    @JsonPropertyDescription("Commits that the workspace has and the branch has not.")
        Integer ahead,
    @JsonPropertyDescription("Commits that the branch has and the workspace has not.")
        Integer behind,
    @Size(max = 20)
        @JsonPropertyDescription(
            "Files that the snapshot left out, too large or not allowed; the first 20.")
        List<@Size(max = 1024) String> refusedFiles,
    @Size(max = 20) @JsonPropertyDescription("Files in conflict since a sync; the first 20.")
        List<@Size(max = 1024) String> conflicts,
    @JsonPropertyDescription("A commit that the hub holds and nobody has proposed.")
        Candidate candidate) {
  public WorkspaceStatus {
    conditions = Absent.orEmpty(conditions);
    refusedFiles = Absent.orEmpty(refusedFiles);
    conflicts = Absent.orEmpty(conflicts);
  }

  /** A commit that the hub holds and nobody has proposed. */
  @ApiRecord
  public record Candidate(
      @Required @Size(max = 40) @JsonPropertyDescription("The commit, 40 hex digits.")
          String commit,
      @Required
          @Size(max = 63)
          @JsonPropertyDescription("Name that a MergeProposal for it must have.")
          String proposalName) {}
}
