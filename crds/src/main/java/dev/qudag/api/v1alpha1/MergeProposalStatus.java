package dev.qudag.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** How a proposal stands. */
@ApiRecord
public record MergeProposalStatus(
    @JsonPropertyDescription("Generation of the spec that this status was computed from.")
        Long observedGeneration,
    @Size(max = 16) @JsonPropertyDescription("Ready, Analyzed, Checked, Approved and Merged.")
        List<Condition> conditions,
    @Size(max = 253)
        @JsonPropertyDescription(
            "Name of the Agent, from the statement that its sidecar signed; of a revert, who ordered it.")
        String author,
    @JsonPropertyDescription("How the change meets the branch.") Category category,
    @JsonPropertyDescription(
            "Files, or symbols in them, that both sides changed against each other.")
        Conflicts conflicts,
    @Size(max = 8) @JsonPropertyDescription("Names of the rules that resolved its conflicts.")
        List<@Size(max = 40) String> resolvedBy,
    @JsonPropertyDescription(
            "What would land: the merge onto base, on the assumption that the proposals before it land.")
        Build build,
    @Size(max = 16) @JsonPropertyDescription("Each check of the policy on that tree.")
        List<Check> checks,
    @Size(max = 16) @JsonPropertyDescription("Checks passed of all, for example 1/2.")
        String checksPassed,
    @JsonPropertyDescription(
            "The last build before this one that passed every check: tells what a failure is due to.")
        Passed passed,
    @JsonPropertyDescription(
            "With which proposals it shares its checks, or has; absent while it has its own.")
        Batch batch,
    @JsonPropertyDescription("Where it waits.") Queue queue,
    @JsonPropertyDescription("How the validators judged it.") Votes votes,
    @Size(max = 64) @JsonPropertyDescription("SHA-256 of the decision, 64 hex digits.")
        String decision,
    @Size(max = 64)
        @JsonPropertyDescription("SHA-256 of the decision's certificate, 64 hex digits.")
        String certificate,
    @Size(max = 40) @JsonPropertyDescription("The commit on the branch, 40 hex digits.")
        String mergedCommit,
    @Size(max = 23) @JsonPropertyDescription("Name that a MergeProposal must have that undoes it.")
        String revertProposal,
    @JsonPropertyDescription("When each stage was reached; each is written once.") Stages stages) {
  public MergeProposalStatus {
    conditions = Absent.orEmpty(conditions);
    resolvedBy = Absent.orEmpty(resolvedBy);
    checks = Absent.orEmpty(checks);
  }

  /** How a change meets the branch. */
  public enum Category {
    /** The branch has not moved, or the two sides share no file. */
    None,
    /** Both sides changed a file; git merges it, or rules resolve all conflicts. */
    Textual,
    /** Lines conflict, and a structured merge resolves them. */
    Syntactic,
    /** It merges, but both sides changed the same symbol, or one uses what the other changed. */
    Semantic,
    /** In conflict. */
    Complex
  }

  /** Files in conflict. */
  @ApiRecord
  public record Conflicts(
      @JsonPropertyDescription("Number of files in conflict.") int files,
      @Size(max = 20) @JsonPropertyDescription("The first 20 of them.")
          List<@Size(max = 1024) String> paths,
      @Size(max = 10)
          @JsonPropertyDescription(
              "What both sides changed, or one changed and the other uses, where lines merge: the first 10.")
          List<@Size(max = 1024) String> symbols) {
    public Conflicts {
      paths = Absent.orEmpty(paths);
      symbols = Absent.orEmpty(symbols);
    }
  }

  /** The exact commit that would land on a base. */
  @ApiRecord
  public record Build(
      @Required @Size(max = 40) @JsonPropertyDescription("Commit that it is merged onto.")
          String base,
      @Required @Size(max = 40) @JsonPropertyDescription("Tree of the merge; the checks run on it.")
          String tree,
      @Required @Size(max = 40) @JsonPropertyDescription("Commit of the merge.") String commit) {}

  /** Proposals that share their checks: each is merged onto the one before it. */
  @ApiRecord
  public record Batch(
      @Size(max = 4)
          @JsonPropertyDescription(
              "Those that share the checks, in the order in which they land; the first starts them. Empty after a shared check has failed, until the next build.")
          List<Member> members,
      @Size(max = 40) @JsonPropertyDescription("Commit that the first of them is merged onto.")
          String base,
      @Size(max = 40) @JsonPropertyDescription("Tree of the last of them, which the checks run on.")
          String tree,
      @Size(max = 40) @JsonPropertyDescription("Commit of the last of them.") String commit,
      @JsonPropertyDescription(
              "How many at most share its checks because a check that it shared has failed; absent when none has.")
          Integer share) {
    public Batch {
      members = Absent.orEmpty(members);
    }
  }

  /** One of those that share their checks. */
  @ApiRecord
  public record Member(
      @Required @Size(max = 253) @JsonPropertyDescription("Name of the proposal.") String proposal,
      @Required @Size(max = 40) @JsonPropertyDescription("Commit of its merge.") String commit) {}

  /** A build that passed every check. */
  @ApiRecord
  public record Passed(
      @Required @Size(max = 40) @JsonPropertyDescription("Commit that it was merged onto.")
          String base,
      @Required @Size(max = 40) @JsonPropertyDescription("Tree of the merge.") String tree,
      @Size(max = 16) @JsonPropertyDescription("Names of the Jobs of the checks that ran on it.")
          List<@Size(max = 63) String> jobs) {
    public Passed {
      jobs = Absent.orEmpty(jobs);
    }
  }

  /** One check of the policy on one tree. */
  @ApiRecord
  public record Check(
      @Required @Size(max = 40) @JsonPropertyDescription("Name of the check in the policy.")
          String name,
      @Required @JsonPropertyDescription("How it stands.") Result result,
      @Size(max = 40) @JsonPropertyDescription("The tree that it ran on.") String tree,
      @Size(max = 512) @JsonPropertyDescription("Digest of the image that it ran in.") String image,
      @Size(max = 63)
          @JsonPropertyDescription("Name of its Job; of a skipped one, the name it would have.")
          String job,
      @JsonPropertyDescription("Its exit code; absent when it ran out of time.") Integer exitCode,
      @Size(max = 1000) @JsonPropertyDescription("End of its output, at most 1000 characters.")
          String log,
      @JsonPropertyDescription(
              "How often it failed on this tree before the run that this tells of; absent when never.")
          Integer failures) {}

  /** How a check stands. */
  public enum Result {
    /** Not started. */
    Pending,
    /** Its Job runs. */
    Running,
    /** Failed on this tree, and runs again. */
    Retrying,
    /** Ended with 0. */
    Passed,
    /** Failed on this tree, then passed on the same: it counts as passed. */
    Flaky,
    /** Not needed: the change touches none of its paths. */
    Skipped,
    /** Ended otherwise, or ran out of time, as often as it may. */
    Failed,
    /** Could not run, which says nothing about the tree. */
    Infra
  }

  /** Where a proposal waits. */
  @ApiRecord
  public record Queue(
      @JsonPropertyDescription("Place in the queue, from 1.") Integer position,
      @Size(max = 253)
          @JsonPropertyDescription("What it waits for: the proposal before it, or a check.")
          String waitingFor,
      @Size(max = 512) @JsonPropertyDescription("Why it left the queue without landing.")
          String ejectedBecause) {}

  /** How the validators judged a decision. */
  @ApiRecord
  public record Votes(
      @JsonPropertyDescription("Attestations in favour.") int approve,
      @JsonPropertyDescription("Attestations against.") int reject,
      @JsonPropertyDescription("Attestations in favour that are needed.") int required) {}

  /** When each stage was reached, RFC 3339 in UTC; each is written once. */
  @ApiRecord
  public record Stages(
      @Size(max = 32) @JsonPropertyDescription("The hub accepted it.") String submitted,
      @Size(max = 32) @JsonPropertyDescription("The hub merged it in trial.") String analyzed,
      @Size(max = 32) @JsonPropertyDescription("All checks passed on the tree that landed.")
          String checked,
      @Size(max = 32) @JsonPropertyDescription("The decision went to the validators.")
          String decided,
      @Size(max = 32) @JsonPropertyDescription("The branch moved.") String landed) {}
}
