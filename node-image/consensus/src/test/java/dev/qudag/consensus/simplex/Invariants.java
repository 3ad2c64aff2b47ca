package dev.qudag.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.consensus.simplex.message.Progress;
import dev.qudag.consensus.simplex.message.Proposal;
import dev.qudag.consensus.simplex.message.SignRecord;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.consensus.simplex.message.Wanted;
import dev.qudag.crypto.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must hold after every event, whatever the network and the faulty members do: agreement,
 * validity, certificates that verify, and no vote that contradicts the sign-state. It hears all
 * that accountable members say and finalize.
 */
final class Invariants {
  private record Place(int signer, long view, BallotKind kind) {}

  private final Auditor auditor;
  private final Grounds grounds;
  private final Map<Place, Vote> sent = new HashMap<>();
  private final Map<Long, Digest> notarizedIn = new HashMap<>();
  private final Map<Long, BallotKind> decidedIn = new HashMap<>();
  private final Set<Certificate> verified = new HashSet<>();

  /** The final chain, genesis first: whoever finalizes a height first, extends it. */
  private final List<BlockHeader> chain = new ArrayList<>();

  private final Set<Integer> numbers = new HashSet<>();

  Invariants(int members, BlockHeader genesis) {
    this.auditor = new Auditor(members, genesis);
    this.grounds = new Grounds(auditor, genesis);
    chain.add(genesis);
  }

  void onPersist(SignRecord entry) {
    grounds.onPersist(entry);
  }

  void onSend(int sender, Message message, SimulatedDisk disk) {
    switch (message) {
      case Vote vote -> onVote(sender, vote, disk);
      case Proposal proposal -> {
        onVote(sender, proposal.vote(), disk);
        proposal.parent().ifPresent(this::onCertificate);
        proposal.skipped().forEach(this::onCertificate);
      }
      case Certificate certificate -> onCertificate(certificate);
      case Wanted wanted -> {}
      case Progress progress -> {}
    }
  }

  private void onVote(int sender, Vote vote, SimulatedDisk disk) {
    if (vote.signer() != sender) {
      return;
    }
    Ballot ballot = vote.ballot();
    Vote before = sent.putIfAbsent(new Place(sender, ballot.view(), ballot.kind()), vote);
    assertThat(disk.held(vote)).as("a vote is on the disk before it is sent").isTrue();
    if (before != null) {
      assertThat(vote).as("nothing is signed twice").isEqualTo(before);
    }
    boolean nullified = sent.containsKey(new Place(sender, ballot.view(), BallotKind.NULLIFY));
    boolean finalized = sent.containsKey(new Place(sender, ballot.view(), BallotKind.FINALIZE));
    assertThat(nullified && finalized)
        .as("nobody sends both nullify and finalize in a view")
        .isFalse();
  }

  private void onCertificate(Certificate certificate) {
    if (verified.contains(certificate)) {
      return;
    }
    assertThat(auditor.verifies(certificate)).as("every certificate verifies").isTrue();
    verified.add(certificate);
    Ballot ballot = certificate.ballot();
    if (ballot.kind() != BallotKind.NULLIFY) {
      assertThat(notarizedIn.merge(ballot.view(), ballot.block(), (first, second) -> first))
          .as("a view has one notarized block")
          .isEqualTo(ballot.block());
    }
    if (ballot.kind() != BallotKind.NOTARIZE) {
      assertThat(decidedIn.merge(ballot.view(), ballot.kind(), (first, second) -> first))
          .as("no view is both nullified and final")
          .isEqualTo(ballot.kind());
    }
  }

  void onFinalized(Effect.Finalized effect, SimulatedDisk disk) {
    Block block = effect.block();
    int height = (int) block.header().height();
    assertThat(height).as("final heights come one by one").isEqualTo(disk.blocks().size() + 1);
    assertThat(auditor.verifies(block, effect.finality())).as("every finality verifies").isTrue();
    onCertificate(effect.finality().certificate());
    if (height == chain.size()) {
      extend(block);
    }
    assertThat(block.header())
        .as("members agree on the final block of a height")
        .isEqualTo(chain.get(height));
    assertThat(auditor.belongTogether(block)).as("a final block has its own payload").isTrue();
  }

  private void extend(Block block) {
    assertThat(auditor.follows(block.header(), chain.getLast()))
        .as("a final block follows the one before")
        .isTrue();
    assertThat(TestingPayloads.numbers(block.payload()))
        .as("a final payload is valid on what is final before")
        .allMatch(number -> !TestingPayloads.isDecided(numbers, number) && numbers.add(number));
    chain.add(block.header());
  }
}
