package dev.qudag.consensus.evidence;

import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.Offence;
import dev.qudag.consensus.evidence.Conviction.Convicted;
import dev.qudag.consensus.simplex.Ballot;
import dev.qudag.consensus.simplex.BallotKind;
import dev.qudag.consensus.simplex.Certificate;
import dev.qudag.consensus.simplex.Message;
import dev.qudag.consensus.simplex.Progress;
import dev.qudag.consensus.simplex.Proposal;
import dev.qudag.consensus.simplex.Vote;
import dev.qudag.consensus.simplex.Wanted;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
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
 * Memory is bounded: views after the floor, up to {@link #VIEWS_WATCHED} of them.
 */
public final class Watch {
  /** So many views after the floor are watched. */
  public static final long VIEWS_WATCHED = 1024;

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
  private final NavigableMap<Long, Said> byView = new TreeMap<>();
  private final Set<Offence> reported = new HashSet<>();
  private long floor;

  public Watch(Digest chainId, MemberSet set) {
    this.chainId = chainId;
    this.set = set;
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
    if (!isWatched(vote.ballot()) || set.at(vote.signer()).isEmpty()) {
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
    if (isWatched(proposal.vote().ballot())) {
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
    if (!isWatched(ballot)) {
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
    List<Integer> signers = certificate.signerIndices();
    for (int i = 0; i < signers.size(); i++) {
      Bytes signature = certificate.signatures().get(i);
      observe(new Vote(ballot, signers.get(i), signature), found);
    }
  }

  private void compare(Said said, BallotKind kind, Certificate certificate, List<Evidence> found) {
    Certificate known = said.certificates.get(kind);
    if (known == null || known.ballot().equals(certificate.ballot())) {
      return;
    }
    if (!report(ConflictingCertificates.of(known, certificate), found)
        && known.ballot().kind() == certificate.ballot().kind()) {
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
