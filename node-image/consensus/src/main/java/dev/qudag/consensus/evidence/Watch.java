package dev.qudag.consensus.evidence;

import dev.qudag.consensus.certificate.ValidatorSets;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.Offence;
import dev.qudag.consensus.evidence.Conviction.Convicted;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.consensus.simplex.message.Progress;
import dev.qudag.consensus.simplex.message.Proposal;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.consensus.simplex.message.Wanted;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks over all messages of one epoch for contradictions. The ordering itself counts a member's
 * first vote and drops the rest, so what it drops is looked at here, beside it.
 *
 * <p>A message is kept unverified until one contradicts it; then the one that its signer did not
 * sign goes. So watching costs no verification while nobody lies, and a forged vote hides nothing.
 *
 * <p>Memory is bounded: of each member at most 7 signatures of {@link VerifyingKey#SIGNATURE_SIZE}
 * bytes in a view (three votes, three certificates, a proposal), in {@link #VIEWS_WATCHED} views
 * after the floor. That makes 0.5 MB a member, and 16 MB in a set of 31.
 */
public final class Watch {
  /** So many views after the floor are watched. */
  public static final long VIEWS_WATCHED = 15;

  private record Slot(BallotKind kind, int signer) implements Comparable<Slot> {
    @Override
    public int compareTo(Slot other) {
      int byKind = kind.compareTo(other.kind);
      return byKind != 0 ? byKind : Integer.compare(signer, other.signer);
    }
  }

  /** What was said in one view. */
  private static final class Said {
    final Map<Slot, Vote> votes = new TreeMap<>();
    final Map<BallotKind, Certificate> certificates = new TreeMap<>();
    final Map<Integer, ConflictingProposal.Signed> proposals = new TreeMap<>();
  }

  private final Digest chainId;
  private final MemberSet set;
  private final ValidatorSet validators;
  private final NavigableMap<Long, Said> byView = new TreeMap<>();
  private final Set<Offence> reported = new HashSet<>();
  private long floor;

  public Watch(Digest chainId, MemberSet set) {
    this.chainId = chainId;
    this.set = set;
    this.validators = ValidatorSets.of(set);
  }

  /** Stops watching views up to this one. */
  public void forgetUpTo(long view) {
    floor = Math.max(floor, view);
    byView.headMap(floor, true).clear();
    reported.removeIf(offence -> offence.view() <= floor);
  }

  /** Takes a message in; the evidence that it completes, of offences not reported before. */
  public List<Evidence> observe(Message message) {
    List<Evidence> found = new ArrayList<>();
    switch (message) {
      case Vote vote -> observe(vote, found);
      case Proposal proposal -> {
        observe(proposal, found);
        proposal.parent().ifPresent(certificate -> observe(certificate, found));
        proposal.skipped().forEach(certificate -> observe(certificate, found));
      }
      case Certificate certificate -> observe(certificate, found);
      case Wanted wanted -> {}
      case Progress progress -> {}
    }
    return found;
  }

  private boolean isWatched(Ballot ballot) {
    return ballot.chainId().equals(chainId)
        && ballot.epoch() == set.epoch()
        && ballot.view() > floor
        && ballot.view() <= floor + VIEWS_WATCHED;
  }

  /** Whether it may be a member's signature: what cannot be takes no room. */
  private boolean mayBeSignedBy(int place, Bytes signature) {
    return set.at(place).isPresent() && signature.size() == VerifyingKey.SIGNATURE_SIZE;
  }

  private boolean isWatched(Vote vote) {
    return isWatched(vote.ballot()) && mayBeSignedBy(vote.signer(), vote.signature());
  }

  private Said said(Ballot ballot) {
    return byView.computeIfAbsent(ballot.view(), view -> new Said());
  }

  private boolean isGood(Vote vote) {
    return set.at(vote.signer())
        .filter(member -> member.signingKey().verify(vote.ballot().encode(), vote.signature()))
        .isPresent();
  }

  // ---- votes

  private void observe(Vote vote, List<Evidence> found) {
    if (!isWatched(vote)) {
      return;
    }
    Said said = said(vote.ballot());
    Slot slot = new Slot(vote.ballot().kind(), vote.signer());
    Vote known = said.votes.get(slot);
    if (known == null) {
      said.votes.put(slot, vote);
    } else if (!known.ballot().equals(vote.ballot())) {
      if (!isGood(known)) {
        said.votes.put(slot, vote);
      } else if (isGood(vote)) {
        report(DuplicateVote.of(known, vote), found);
      }
    } else if (!known.signature().equals(vote.signature()) && !isGood(known)) {
      said.votes.put(slot, vote);
    }
    checkSkipped(said, vote, found);
  }

  private void checkSkipped(Said said, Vote vote, List<Evidence> found) {
    Vote nullify = said.votes.get(new Slot(BallotKind.NULLIFY, vote.signer()));
    Vote finalize = said.votes.get(new Slot(BallotKind.FINALIZE, vote.signer()));
    if (nullify != null && finalize != null) {
      report(NullifyAndFinalize.of(nullify, finalize), found);
    }
  }

  // ---- proposals and certificates

  private void observe(Proposal proposal, List<Evidence> found) {
    if (isWatched(proposal.vote())) {
      ConflictingProposal.Signed.of(proposal).ifPresent(signed -> observe(signed, found));
    }
    observe(proposal.vote(), found);
  }

  private void observe(ConflictingProposal.Signed proposal, List<Evidence> found) {
    Said said = said(proposal.vote().ballot());
    ConflictingProposal.Signed known =
        said.proposals.putIfAbsent(proposal.vote().signer(), proposal);
    if (known == null || known.header().equals(proposal.header())) {
      return;
    }
    if (!isGood(known.vote())) {
      said.proposals.put(proposal.vote().signer(), proposal);
    } else {
      report(ConflictingProposal.of(known, proposal), found);
    }
  }

  private void observe(Certificate certificate, List<Evidence> found) {
    Ballot ballot = certificate.ballot();
    List<Vote> votes = votes(certificate);
    if (!isWatched(ballot) || !votes.stream().allMatch(this::isWatched)) {
      return;
    }
    Said said = said(ballot);
    switch (ballot.kind()) {
      case NOTARIZE -> compare(said, BallotKind.NOTARIZE, certificate, found);
      case NULLIFY -> compare(said, BallotKind.FINALIZE, certificate, found);
      case FINALIZE -> {
        compare(said, BallotKind.FINALIZE, certificate, found);
        compare(said, BallotKind.NULLIFY, certificate, found);
      }
    }
    said.certificates.putIfAbsent(ballot.kind(), certificate);
    votes.forEach(vote -> observe(vote, found));
  }

  private static List<Vote> votes(Certificate certificate) {
    List<Vote> votes = new ArrayList<>();
    List<Integer> signers = certificate.signerIndices();
    for (int i = 0; i < signers.size(); i++) {
      votes.add(new Vote(certificate.ballot(), signers.get(i), certificate.signatures().get(i)));
    }
    return votes;
  }

  private void compare(Said said, BallotKind kind, Certificate certificate, List<Evidence> found) {
    Certificate known = said.certificates.get(kind);
    if (known == null || known.ballot().equals(certificate.ballot())) {
      return;
    }
    if (!report(ConflictingCertificates.of(known, certificate), found)
        && known.ballot().kind() == certificate.ballot().kind()
        && !known.isValid(validators)) {
      said.certificates.put(kind, certificate);
    }
  }

  /** Whether the evidence convicts; it is handed on when it convicts of something new. */
  private boolean report(Evidence evidence, List<Evidence> found) {
    if (evidence.verify(chainId, set) instanceof Convicted(List<Offence> offences)) {
      if (reported.addAll(offences)) {
        found.add(evidence);
      }
      return true;
    }
    return false;
  }
}
