package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.consensus.simplex.message.Proposal;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.crypto.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Votes by the rules, and as a leader proposes to everyone the same block that conflicts with the
 * chain: on one of the last blocks that it saw, whatever was notarized since; at a wrong height;
 * with a payload that is not valid there; with a body that is not the header's.
 */
final class Conflicter implements Conduct {
  private static final int RECENT = 3;

  private final int self;
  private final RandomGenerator random;
  private final List<BlockHeader> seen = new ArrayList<>();
  private final Map<Long, Proposal> proposed = new HashMap<>();

  Conflicter(int self, BlockHeader genesis, RandomGenerator random) {
    this.self = self;
    this.random = random;
    seen.add(genesis);
  }

  @Override
  public List<Message> upon(Message received) {
    if (received instanceof Proposal proposal) {
      seen.add(proposal.block().header());
    }
    return List.of();
  }

  @Override
  public List<Message> instead(Message said) {
    return said instanceof Proposal proposal && proposal.vote().signer() == self
        ? List.of(proposed.computeIfAbsent(proposal.view(), view -> conflicting(proposal)))
        : List.of(said);
  }

  private Proposal conflicting(Proposal proposal) {
    BlockHeader header = proposal.block().header();
    Bytes invalid = TestingPayloads.payload(List.of(1, 1));
    return switch (random.nextInt(6)) {
      case 0, 1 -> signed(onParent(header, recent()), Optional.empty());
      case 2 ->
          signed(new Block(TestingBlocks.sibling(header, invalid), invalid), proposal.parent());
      case 3 -> signed(new Block(header, invalid), proposal.parent());
      case 4 ->
          signed(
              new Block(TestingBlocks.raised(header), proposal.block().payload()),
              proposal.parent());
      default -> proposal;
    };
  }

  /** One of the last blocks that it saw, notarized or not. */
  private BlockHeader recent() {
    return seen.get(seen.size() - 1 - random.nextInt(Math.min(RECENT, seen.size())));
  }

  private static Block onParent(BlockHeader header, BlockHeader parent) {
    Bytes payload = TestingPayloads.payload(List.of(2_000_000 + (int) header.view()));
    return new Block(TestingBlocks.child(parent, header.view(), payload), payload);
  }

  private Proposal signed(Block block, Optional<Certificate> parent) {
    Vote vote = TestingKeys.vote(Ballot.notarize(block.header()), self);
    return new Proposal(block, vote, parent, List.of());
  }
}
