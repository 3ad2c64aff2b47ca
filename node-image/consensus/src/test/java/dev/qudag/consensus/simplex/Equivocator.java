package dev.qudag.consensus.simplex;

import dev.qudag.crypto.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A faulty member: keeps up with the others, says two things as leader, votes for everything,
 * replays what it saw.
 */
final class Equivocator {
  private final int self;
  private final RandomGenerator random;
  private final TestingPayloads payloads = new TestingPayloads();
  private final List<Message> seen = new ArrayList<>();

  Equivocator(int self, RandomGenerator random) {
    this.self = self;
    this.random = random;
  }

  /** What it sends besides, to one peer each, after it received something. */
  List<Message> onReceived(Message message) {
    List<Message> lies = new ArrayList<>();
    if (message instanceof Proposal proposal) {
      BlockHeader header = proposal.block().header();
      lies.add(TestingKeys.vote(Ballot.notarize(header), self));
      lies.add(TestingKeys.vote(Ballot.finalize(header), self));
      lies.add(
          TestingKeys.vote(Ballot.nullify(header.chainId(), header.epoch(), header.view()), self));
    }
    if (!(message instanceof Wanted) && !(message instanceof Progress) && seen.size() < 500) {
      seen.add(message);
    }
    if (!seen.isEmpty() && random.nextInt(20) == 0) {
      lies.add(seen.get(random.nextInt(seen.size())));
    }
    return lies;
  }

  /** Another proposal in the same view on the same parent. */
  Proposal twin(Proposal proposal) {
    BlockHeader header = proposal.block().header();
    Bytes payload = TestingPayloads.payload(List.of(1_000_000 + (int) header.view()));
    PayloadRules.Commitment commitment = payloads.commit(payload).orElseThrow();
    BlockHeader other =
        new BlockHeader(
            header.chainId(),
            header.epoch(),
            header.height(),
            header.view(),
            header.parentDigest(),
            commitment.digest(),
            commitment.count());
    return new Proposal(
        new Block(other, payload),
        TestingKeys.vote(Ballot.notarize(other), self),
        proposal.parent(),
        proposal.skipped());
  }
}
