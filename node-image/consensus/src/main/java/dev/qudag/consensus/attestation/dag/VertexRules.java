package dev.qudag.consensus.attestation.dag;

import dev.qudag.consensus.attestation.Vertex;
import dev.qudag.consensus.attestation.VertexFlaw;
import dev.qudag.consensus.attestation.VertexHeader;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import java.util.Optional;

/**
 * What a vertex has to be, whatever else is known: the same answer on every node, at any time. A
 * rule that depended on what a node has pruned would split the honest ones.
 */
final class VertexRules {
  private final DagConfig config;

  VertexRules(DagConfig config) {
    this.config = config;
  }

  /** All but the signatures, which cost more. */
  Optional<VertexFlaw> checkPlace(Vertex vertex) {
    VertexHeader header = vertex.header();
    if (!header.chainId().equals(config.chainId()) || header.epoch() != config.epoch()) {
      return Optional.of(VertexFlaw.OTHER_CHAIN);
    }
    if (!config.set().contains(header.author())) {
      return Optional.of(VertexFlaw.UNKNOWN_AUTHOR);
    }
    if (!vertex.body().parents().stream()
        .allMatch(parent -> config.set().contains(parent.author()))) {
      return Optional.of(VertexFlaw.UNKNOWN_PARENT_AUTHOR);
    }
    return vertex.attestations().stream().allMatch(attestation -> isPlaced(attestation, vertex))
        ? Optional.empty()
        : Optional.of(VertexFlaw.MISPLACED_ENTRY);
  }

  private static boolean isPlaced(Attestation attestation, Vertex vertex) {
    VertexHeader header = vertex.header();
    return attestation.chainId().equals(header.chainId())
        && attestation.epoch() == header.epoch()
        && attestation.author() == header.author()
        && attestation.sequence() == header.sequence()
        && attestation.previousDigest().equals(vertex.previousDigest());
  }

  /** The signatures of a vertex whose place is good. */
  Optional<VertexFlaw> checkSignatures(Vertex vertex) {
    ValidatorSet.SignatureCheck author = config.check(vertex.author());
    if (!author.verify(vertex.header().encode(), vertex.signature())) {
      return Optional.of(VertexFlaw.BAD_SIGNATURE);
    }
    return vertex.attestations().stream()
            .allMatch(one -> author.verify(one.content().encode(), one.signature()))
        ? Optional.empty()
        : Optional.of(VertexFlaw.BAD_ENTRY_SIGNATURE);
  }
}
