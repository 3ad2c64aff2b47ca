package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.consensus.simplex.message.Proposal;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.crypto.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Speaks in the name of others with the only key that it has: votes, proposals, certificates by
 * signers that never signed or are too few, final blocks that are not.
 */
final class Impersonator implements Conduct {
  private final int self;
  private final ValidatorSet set;
  private final RandomGenerator random;

  Impersonator(int self, ValidatorSet set, RandomGenerator random) {
    this.self = self;
    this.set = set;
    this.random = random;
  }

  @Override
  public List<Message> upon(Message received) {
    if (!(received instanceof Proposal proposal)) {
      return List.of();
    }
    BlockHeader header = proposal.block().header();
    Ballot ballot =
        switch (random.nextInt(3)) {
          case 0 -> Ballot.notarize(header);
          case 1 -> Ballot.finalize(header);
          default -> Ballot.nullify(header.chainId(), header.epoch(), header.view());
        };
    return switch (random.nextInt(4)) {
      case 0 -> votes(ballot);
      case 1 -> List.of(Certificate.of(ballot, forged(ballot)));
      case 2 -> List.of(TestingBlocks.certificate(ballot, self));
      default -> List.of(next(header));
    };
  }

  /**
   * In the place of the final block that a peer asked for another, with signatures that are none,
   * or with the good ones of the block that it is not.
   */
  @Override
  public Effect.Finalized handOver(Effect.Finalized found) {
    Block block = block(found.block().header());
    Ballot ballot = Ballot.finalize(block.header());
    List<BlockHeader> headers = found.finality().headers();
    Finality finality =
        random.nextBoolean()
            ? new Finality(Certificate.of(ballot, forged(ballot)), List.of(block.header()))
            : new Finality(
                found.finality().certificate(), List.of(headers.getFirst(), block.header()));
    return new Effect.Finalized(block, finality);
  }

  /** A proposal for the next view, whose leader is another. */
  private Proposal next(BlockHeader parent) {
    Bytes payload = TestingPayloads.payload(List.of(3_000_000 + (int) parent.view()));
    BlockHeader header = TestingBlocks.child(parent, parent.view() + 1, payload);
    int signer = random.nextBoolean() ? self : set.leader(header.view());
    return new Proposal(
        new Block(header, payload),
        forged(Ballot.notarize(header), signer),
        Optional.empty(),
        List.of());
  }

  private static Block block(BlockHeader place) {
    Bytes payload = TestingPayloads.payload(List.of(4_000_000 + (int) place.view()));
    return new Block(TestingBlocks.sibling(place, payload), payload);
  }

  private List<Message> votes(Ballot ballot) {
    return new ArrayList<>(forged(ballot));
  }

  private List<Vote> forged(Ballot ballot) {
    return IntStream.range(0, set.size()).mapToObj(signer -> forged(ballot, signer)).toList();
  }

  private Vote forged(Ballot ballot, int signer) {
    return new Vote(ballot, signer, TestingKeys.sign(self, ballot.encode()));
  }
}
