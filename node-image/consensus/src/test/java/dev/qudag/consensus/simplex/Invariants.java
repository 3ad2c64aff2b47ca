package dev.qudag.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.crypto.Digest;
import java.util.HashMap;
import java.util.Map;

/**
 * What must hold after every event, whatever the network and the faulty members do. It sees honest
 * members only.
 */
final class Invariants {
  private record Place(int signer, long view, BallotKind kind) {}

  private final ValidatorSet set;
  private final Map<Place, Vote> sent = new HashMap<>();
  private final Map<Long, Digest> finalAt = new HashMap<>();
  private final Map<Long, Digest> notarizedIn = new HashMap<>();

  Invariants(ValidatorSet set) {
    this.set = set;
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
    if (before == null) {
      assertThat(disk.holds(vote))
          .as("%s is on the disk of %d before it is sent", ballot, sender)
          .isTrue();
    } else {
      assertThat(vote).as("%d signs nothing twice", sender).isEqualTo(before);
    }
    boolean nullified = sent.containsKey(new Place(sender, ballot.view(), BallotKind.NULLIFY));
    boolean finalized = sent.containsKey(new Place(sender, ballot.view(), BallotKind.FINALIZE));
    assertThat(nullified && finalized)
        .as("%d sends nullify and finalize in view %d", sender, ballot.view())
        .isFalse();
  }

  private void onCertificate(Certificate certificate) {
    assertThat(certificate.isValid(set)).as("%s verifies", certificate.ballot()).isTrue();
    if (certificate.ballot().kind() == BallotKind.NOTARIZE) {
      Digest block = certificate.ballot().block();
      assertThat(notarizedIn.merge(certificate.ballot().view(), block, (first, second) -> first))
          .as("one notarized block in view %d", certificate.ballot().view())
          .isEqualTo(block);
    }
  }

  void onFinalized(int member, Effect.Finalized effect, SimulatedDisk disk) {
    BlockHeader header = effect.block().header();
    assertThat(header.height())
        .as("heights of %d come one by one", member)
        .isEqualTo(disk.blocks().size() + 1);
    assertThat(effect.finality().isValid(set))
        .as("finality of height %d verifies", header.height())
        .isTrue();
    assertThat(effect.finality().subject()).isEqualTo(header);
    Digest first = finalAt.merge(header.height(), header.digest(), (one, other) -> one);
    assertThat(header.digest())
        .as("one final block at height %d", header.height())
        .isEqualTo(first);
  }
}
