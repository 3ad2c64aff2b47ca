package dev.qudag.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Proposal;
import dev.qudag.consensus.simplex.message.SignRecord;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.crypto.Digest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * What an accountable member may vote for, held against what accountable members have on their
 * disks: a rule of voting that is gone shows at the first vote that it would have forbidden, not
 * only when enough of them went wrong to break agreement.
 */
final class Grounds {
  private final Auditor auditor;
  private final Map<Digest, BlockHeader> held = new HashMap<>();
  private final Map<Ballot, Set<Integer>> votes = new HashMap<>();
  private final Set<Digest> notarized = new HashSet<>();
  private final Set<Long> nullified = new HashSet<>();

  Grounds(Auditor auditor, BlockHeader genesis) {
    this.auditor = auditor;
    held.put(genesis.digest(), genesis);
    notarized.add(genesis.digest());
  }

  void onPersist(SignRecord entry) {
    switch (entry) {
      case SignRecord.Held(Proposal proposal) -> {
        onHeld(proposal);
        count(proposal.vote());
      }
      case SignRecord.Passed(Certificate certificate) -> passed(certificate.ballot());
      case SignRecord.Voted(Vote vote) -> count(vote);
    }
  }

  /** A quorum's votes are a certificate, whether or not anybody had the time to write one. */
  private void count(Vote vote) {
    Set<Integer> signers = votes.computeIfAbsent(vote.ballot(), ballot -> new HashSet<>());
    signers.add(vote.signer());
    if (auditor.isQuorum(signers)) {
      passed(vote.ballot());
    }
  }

  private void passed(Ballot ballot) {
    if (ballot.kind() == BallotKind.NULLIFY) {
      nullified.add(ballot.view());
    } else {
      notarized.add(ballot.block());
    }
  }

  private void onHeld(Proposal proposal) {
    BlockHeader header = proposal.block().header();
    assertThat(auditor.isLeaders(proposal)).as("votes are for the leader's own block").isTrue();
    assertThat(auditor.belongTogether(proposal.block()))
        .as("votes are for blocks with their own payload")
        .isTrue();
    assertThat(notarized)
        .as("votes are for blocks on a notarized parent")
        .contains(header.parentDigest());
    BlockHeader parent = held.get(header.parentDigest());
    assertThat(parent != null && auditor.follows(header, parent))
        .as("votes are for blocks one higher than their parent")
        .isTrue();
    assertThat(LongStream.range(parent.view() + 1, header.view()).boxed())
        .as("votes are for blocks that skip nullified views only")
        .allMatch(nullified::contains);
    held.put(header.digest(), header);
  }
}
