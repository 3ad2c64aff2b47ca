package dev.qudag.consensus.simplex;

import dev.qudag.crypto.Digest;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * All that is known of one view: the leader's proposal, the votes, the certificates, and what this
 * member signed.
 */
final class Round {
  private final Map<BallotKind, Tally> tallies = new EnumMap<>(BallotKind.class);
  private final Map<BallotKind, Certificate> certificates = new EnumMap<>(BallotKind.class);
  private Optional<Proposal> proposal = Optional.empty();
  private boolean equivocal;
  private OwnVotes own = OwnVotes.NOTHING;

  Round() {
    for (BallotKind kind : BallotKind.values()) {
      tallies.put(kind, new Tally());
    }
  }

  /** The leader's first proposal stays; another one shows that the leader says two things. */
  void offer(Proposal offered) {
    equivocal |=
        proposal.isPresent() && !proposal.get().block().digest().equals(offered.block().digest());
    proposal = proposal.or(() -> Optional.of(offered));
  }

  Optional<Proposal> proposal() {
    return proposal;
  }

  /** Whether the leader was seen to propose two blocks in this view. */
  boolean isEquivocal() {
    return equivocal;
  }

  boolean hasVote(BallotKind kind, int signer) {
    return tally(kind).has(signer);
  }

  Collection<Integer> signers(BallotKind kind) {
    return tally(kind).signers();
  }

  Optional<Certificate> count(Vote vote, ValidatorSet set) {
    return tally(vote.ballot().kind()).add(vote, set);
  }

  /** Whether the certificate is the first of its kind in this view; a second one is not held. */
  boolean hold(Certificate certificate) {
    return certificates.putIfAbsent(certificate.ballot().kind(), certificate) == null;
  }

  Optional<Certificate> certificate(BallotKind kind) {
    return Optional.ofNullable(certificates.get(kind));
  }

  Collection<Certificate> certificates() {
    return certificates.values();
  }

  /** What proves that a quorum notarized a block of this view: a finalization proves that too. */
  Optional<Certificate> notarization() {
    return certificate(BallotKind.NOTARIZE).or(() -> certificate(BallotKind.FINALIZE));
  }

  Optional<Digest> notarizedBlock() {
    return notarization().map(certificate -> certificate.ballot().block());
  }

  OwnVotes own() {
    return own;
  }

  void sign(Vote vote) {
    own = own.with(vote);
  }

  private Tally tally(BallotKind kind) {
    Tally tally = tallies.get(kind);
    if (tally == null) {
      throw new IllegalStateException("no tally of " + kind);
    }
    return tally;
  }
}
