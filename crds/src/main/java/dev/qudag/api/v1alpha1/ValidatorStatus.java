package dev.qudag.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** How a validator stands. */
@ApiRecord
public record ValidatorStatus(
    @JsonPropertyDescription("Generation of the spec that this status was computed from.")
        Long observedGeneration,
    @Size(max = 16) @JsonPropertyDescription("Ready, KeyPinned, InSync and Slashed.")
        List<Condition> conditions,
    @Size(max = 64)
        @JsonPropertyDescription("SHA-256 of the validator's ML-DSA-87 public key, 64 hex digits.")
        String keyFingerprint,
    @JsonPropertyDescription("Epoch in which it joined the set.") Long joinedEpoch,
    @JsonPropertyDescription("Height of its chain.") Long height,
    @Size(max = 16)
        @JsonPropertyDescription("Peers that it is connected with, of all others, for example 3/3.")
        String peers,
    @Size(max = 128)
        @JsonPropertyDescription("Digest of the merge engine that it derives commits with.")
        String engineDigest) {
  public ValidatorStatus {
    conditions = Absent.orEmpty(conditions);
  }
}
