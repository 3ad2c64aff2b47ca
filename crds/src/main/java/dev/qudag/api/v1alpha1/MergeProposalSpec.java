package dev.qudag.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Which commit is proposed for which branch. Immutable: another commit is another proposal. */
@ApiRecord
@ValidationRule(
    value = "self == oldSelf",
    message =
        "spec of a MergeProposal is immutable: push another commit, it gets a proposal of its own")
public record MergeProposalSpec(
    @Required @JsonPropertyDescription("The Swarm whose branch is meant.") LocalRef swarmRef,
    @Required @JsonPropertyDescription("Where the commit comes from.") Source source,
    @Default("main")
        @Size(min = 1, max = 64)
        @Pattern("^[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?$")
        @JsonPropertyDescription("Branch that the commit is proposed for.")
        String targetBranch,
    @Size(max = 200)
        @JsonPropertyDescription(
            "One line for people; the subject of the merge commit, or the reason of a revert.")
        String title,
    @Size(max = 8192) @JsonPropertyDescription("More for people.") String description,
    @Size(max = 16)
        @JsonPropertyDescription(
            "Names of MergeProposals for the same branch that must land before this one; it ends when one of them ends without landing.")
        List<@Size(max = 23) @Pattern("^mp-[0-9a-f]{20}$") String> dependsOn) {
  public MergeProposalSpec {
    dependsOn = Absent.orEmpty(dependsOn);
  }

  /** A commit of a workspace, or what undoes a landed commit. */
  @ApiRecord
  @ValidationRule(
      value =
          "has(self.revert) ? !has(self.workspace) && !has(self.revision)"
              + " : has(self.workspace) && has(self.revision)",
      message = "a source is a workspace with its revision, or a revert: give the one or the other")
  public record Source(
      @Size(min = 1, max = 253) @JsonPropertyDescription("Name of the Workspace.") String workspace,
      @Size(min = 40, max = 40)
          @Pattern("^[0-9a-f]{40}$")
          @JsonPropertyDescription("The commit, 40 hex digits.")
          String revision,
      @JsonPropertyDescription("Undoes a landed commit, in place of a workspace and its revision.")
          Revert revert) {}

  /** A landed commit to undo, on a person's order. */
  @ApiRecord
  public record Revert(
      @Required
          @Size(min = 40, max = 40)
          @Pattern("^[0-9a-f]{40}$")
          @JsonPropertyDescription(
              "The landed commit, 40 hex digits: status.mergedCommit of its MergeProposal.")
          String commit,
      @Required
          @Size(min = 1, max = 253)
          @Pattern("^[!-~]([ -~]*[!-~])?$")
          @JsonPropertyDescription("Who orders it; the author of the commit that undoes.")
          String person) {}
}
