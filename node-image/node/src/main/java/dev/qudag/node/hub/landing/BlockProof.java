package dev.qudag.node.hub.landing;

import dev.qudag.consensus.certificate.CertificateVerifier;
import dev.qudag.consensus.certificate.DecisionCertificate;
import dev.qudag.consensus.certificate.ValidatorSets;
import dev.qudag.consensus.certificate.Verification;
import dev.qudag.consensus.chain.BlockPayload;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Finality;
import java.util.Optional;

/** Whether a block is the next one, and proven by the validators of the epoch. */
record BlockProof(ChainLog chain) {
  /** Why this is not the proven next block; empty when it is. */
  Optional<String> refusal(BlockHeader header, BlockPayload payload, Finality finality) {
    ChainState state = chain.state();
    MemberSet voters = state.voters();
    if (header.height() != state.height() + 1
        || !header.parentDigest().equals(chain.applied().block())) {
      return Optional.of(
          "the block at height "
              + header.height()
              + " does not follow on height "
              + state.height());
    }
    if (!finality.subject().equals(header)) {
      return Optional.of("the finality is of another block than that at height " + header.height());
    }
    if (!payload.digest().equals(header.payloadDigest())
        && header.payloadCount() + payload.count() > 0) {
      return Optional.of(
          "the payload is not the one that the header at height " + header.height() + " names");
    }
    boolean ours =
        finality.headers().stream()
            .allMatch(
                of -> of.chainId().equals(state.chainId()) && of.epoch() == state.set().epoch());
    if (!ours || !finality.isValid(ValidatorSets.of(voters))) {
      return Optional.of(
          "no quorum of epoch "
              + state.set().epoch()
              + " finalized the block at height "
              + header.height());
    }
    var verifier = CertificateVerifier.of(state.chainId(), state.electorate());
    for (int i = 0; i < payload.count(); i++) {
      Decision decision = payload.decisions().get(i).decision();
      if (verifier.verify(DecisionCertificate.of(voters, finality, payload, i), decision)
          instanceof Verification.NotProven notProven) {
        return Optional.of(notProven.message());
      }
    }
    return Optional.empty();
  }
}
