package dev.qudag.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** How a swarm stands. */
@ApiRecord
public record SwarmStatus(
    @JsonPropertyDescription("Generation of the spec that this status was computed from.")
        Long observedGeneration,
    @Size(max = 16)
        @JsonPropertyDescription(
            "Ready, and RepositoryReady, QuorumHealthy, FaultTolerant, SetComplete, AgentsAvailable, SetTrustsOperator; with an upstream, UpstreamReachable.")
        List<Condition> conditions,
    @JsonPropertyDescription("The swarm in figures, for people.") Summary summary,
    @Size(max = 40) @JsonPropertyDescription("The branch's commit, 40 hex digits.") String head,
    @JsonPropertyDescription("The chain of decisions.") Chain chain,
    @Size(max = 64) @JsonPropertyDescription("SHA-256 of the policy in force, 64 hex digits.")
        String policyDigest,
    @JsonPropertyDescription("The change that waits for the signature of an administrator.")
        PendingChange pendingChange) {
  public SwarmStatus {
    conditions = Absent.orEmpty(conditions);
  }

  /** The swarm in figures, for people. */
  @ApiRecord
  public record Summary(
      @Size(max = 32) @JsonPropertyDescription("Agents available of those wanted, for example 3/3.")
          String agents,
      @Size(max = 32)
          @JsonPropertyDescription("Validators ready of those in the set, for example 4/4.")
          String validators,
      @Size(max = 64) @JsonPropertyDescription("For example 1 open, 6 merged.") String proposals) {}

  /** What one of {@code spec.adminKeys} has to sign. */
  @ApiRecord
  public record PendingChange(
      @Size(max = 32) @JsonPropertyDescription("What changes: PolicyChange, SetChange or Recovery.")
          String kind,
      @Size(max = 64)
          @JsonPropertyDescription(
              "SHA-256 of key change of ConfigMap <swarm>-pending-change, 64 hex digits.")
          String digest) {}

  /** What an offline verifier pins. */
  @ApiRecord
  public record Chain(
      @Size(max = 64) @JsonPropertyDescription("Identity of the chain, 64 hex digits.") String id,
      @Size(max = 64) @JsonPropertyDescription("SHA-256 of the canonical genesis, 64 hex digits.")
          String genesisFingerprint,
      @JsonPropertyDescription("Number of the validator set in force.") Long epoch,
      @JsonPropertyDescription("Signatures that a decision needs.") Integer quorum) {}
}
