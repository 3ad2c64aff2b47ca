package dev.qudag.consensus.evidence;

import dev.qudag.consensus.attestation.DagEquivocation;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.Offence;
import dev.qudag.consensus.evidence.Conviction.Convicted;
import dev.qudag.consensus.evidence.Conviction.Reason;
import dev.qudag.consensus.evidence.Conviction.Refused;
import dev.qudag.crypto.Digest;
import java.util.List;
import java.util.Optional;

/**
 * One author's two attestation vertices for one sequence number. Its bytes are those of the proof
 * that the attestation layer spreads.
 */
public record ConflictingVertices(DagEquivocation proof) implements Evidence {
  @Override
  public long epoch() {
    return proof.epoch();
  }

  @Override
  public Conviction verify(Digest chainId, MemberSet set) {
    Optional<Refused> foreign = Parts.foreign(proof.chainId(), proof.epoch(), chainId, set);
    if (foreign.isPresent()) {
      return foreign.get();
    }
    Optional<Member> author = set.at(proof.author());
    if (author.isEmpty()) {
      return new Refused(Reason.UNKNOWN_SIGNER, "the set has no member " + proof.author());
    }
    if (!proof.isProvenBy(author.get().signingKey())) {
      return new Refused(Reason.BAD_SIGNATURE, "not signed by " + author.get().name());
    }
    return new Convicted(
        List.of(
            new Offence(
                author.get().index(),
                author.get().signingKey().fingerprint(),
                proof.epoch(),
                proof.sequence(),
                Offence.Step.ATTEST)));
  }

  @Override
  public byte[] encode() {
    return proof.encode();
  }
}
