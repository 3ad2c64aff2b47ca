package dev.qudag.consensus.simplex.view;

import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Proposal;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.crypto.Digest;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * All that is known of one view: the leader's proposal, the votes, the certificates, and what this
 * member signed.
 */
public final class Round {
  private final Map<BallotKind, Tally> tallies = new EnumMap<>(BallotKind.class);
  private final Map<BallotKind, Certificate> certificates = new EnumMap<>(BallotKind.class);
  private Optional<Proposal> proposal = Optional.empty();
  private boolean equivocal;
  private OwnVotes own = OwnVotes.NOTHING;

  public Round() {
    for (BallotKind kind : BallotKind.values()) {
      tallies.put(kind, new Tally());
    }
  }

  /** The leader's first proposal stays; another one shows that the leader says two things. */
  public void offer(Proposal offered) {
    equivocal |=
        proposal.isPresent() && !proposal.get().block().digest().equals(offered.block().digest());
    proposal = proposal.or(() -> Optional.of(offered));
  }

  public Optional<Proposal> proposal() {
    return proposal;
  }

  /** Whether the leader was seen to propose two blocks in this view. */
  public boolean isEquivocal() {
    return equivocal;
  }

  public boolean hasVote(BallotKind kind, int signer) {
    return tally(kind).has(signer);
  }

  public Collection<Integer> signers(BallotKind kind) {
    return tally(kind).signers();
  }

  public Optional<Certificate> count(Vote vote, ValidatorSet set) {
    return tally(vote.ballot().kind()).add(vote, set);
  }

  /** Whether the certificate is the first of its kind in this view; a second one is not held. */
  public boolean hold(Certificate certificate) {
    return certificates.putIfAbsent(certificate.ballot().kind(), certificate) == null;
  }

  public Optional<Certificate> certificate(BallotKind kind) {
    return Optional.ofNullable(certificates.get(kind));
  }

  public Collection<Certificate> certificates() {
    return Collections.unmodifiableCollection(certificates.values());
  }

  /** What proves that a quorum notarized a block of this view: a finalization proves that too. */
  public Optional<Certificate> notarization() {
    return certificate(BallotKind.NOTARIZE).or(() -> certificate(BallotKind.FINALIZE));
  }

  public Optional<Digest> notarizedBlock() {
    return notarization().map(certificate -> certificate.ballot().block());
  }

  public OwnVotes own() {
    return own;
  }

  public void sign(Vote vote) {
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
