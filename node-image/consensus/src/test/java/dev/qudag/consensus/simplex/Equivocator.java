package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.consensus.simplex.message.Proposal;
import dev.qudag.crypto.Bytes;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * As a leader it shows one block to some, another to others, and both to the rest; as a voter it
 * votes for all.
 */
final class Equivocator implements Conduct {
  private final int self;
  private final RandomGenerator random;

  Equivocator(int self, RandomGenerator random) {
    this.self = self;
    this.random = random;
  }

  @Override
  public List<Message> instead(Message said) {
    return said instanceof Proposal proposal && proposal.vote().signer() == self
        ? switch (random.nextInt(3)) {
          case 0 -> List.of(proposal);
          case 1 -> List.of(other(proposal));
          default -> List.of(proposal, other(proposal));
        }
        : List.of(said);
  }

  @Override
  public List<Message> upon(Message received) {
    if (!(received instanceof Proposal proposal)) {
      return List.of();
    }
    BlockHeader header = proposal.block().header();
    return Stream.of(
            Ballot.notarize(header),
            Ballot.finalize(header),
            Ballot.nullify(header.chainId(), header.epoch(), header.view()))
        .<Message>map(ballot -> TestingKeys.vote(ballot, self))
        .toList();
  }

  /** Another proposal in the same view on the same parent. */
  private Proposal other(Proposal proposal) {
    Bytes payload = TestingPayloads.payload(List.of(1_000_000 + (int) proposal.view()));
    BlockHeader header = TestingBlocks.sibling(proposal.block().header(), payload);
    return new Proposal(
        new Block(header, payload),
        TestingKeys.vote(Ballot.notarize(header), self),
        proposal.parent(),
        proposal.skipped());
  }
}
