package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Proposal;
import dev.qudag.consensus.simplex.message.SignRecord;
import dev.qudag.consensus.simplex.message.Vote;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What a member has on its disk: the sign-state and the final blocks, of both of which a crash may
 * lose the last ones.
 */
final class SimulatedDisk {
  /** A member syncs its final blocks when it is idle; here it never is. */
  private static final int MOST_BLOCKS_UNSYNCED = 3;

  private final List<byte[]> signState = new ArrayList<>();
  private final List<Effect.Finalized> blocks = new ArrayList<>();
  private final Set<Integer> numbers = new HashSet<>();
  private final Set<Vote> votes = new HashSet<>();
  private int synced;
  private int blocksSynced;
  private boolean lost;

  void append(SignRecord entry) {
    signState.add(entry.encode());
    if (entry.precedesSending()) {
      sync();
    }
  }

  void store(Effect.Finalized block) {
    blocks.add(block);
    numbers.addAll(TestingPayloads.numbers(block.block().payload()));
    if (blocks.size() - blocksSynced > MOST_BLOCKS_UNSYNCED) {
      syncBlocks();
    }
  }

  /** After this, and not before, the sign-state forgets what is final. */
  private void syncBlocks() {
    blocksSynced = blocks.size();
    long finalView = blocks.getLast().block().header().view();
    signState.removeIf(entry -> SignRecord.decode(entry).view() <= finalView);
    synced = 0;
    sync();
  }

  private void sync() {
    signState.subList(synced, signState.size()).stream()
        .map(SignRecord::decode)
        .forEach(
            entry -> {
              switch (entry) {
                case SignRecord.Voted(Vote vote) -> votes.add(vote);
                case SignRecord.Held(Proposal proposal) -> votes.add(proposal.vote());
                case SignRecord.Passed passed -> {}
              }
            });
    synced = signState.size();
  }

  /** A crash tears off a part, of random length, of what was not synced. */
  void crash(RandomGenerator random) {
    int kept = synced + random.nextInt(signState.size() - synced + 1);
    signState.subList(kept, signState.size()).clear();
    synced = kept;
    int keptBlocks = blocksSynced + random.nextInt(blocks.size() - blocksSynced + 1);
    blocks.subList(keptBlocks, blocks.size()).clear();
    blocksSynced = keptBlocks;
    numbers.clear();
    blocks.forEach(block -> numbers.addAll(TestingPayloads.numbers(block.block().payload())));
  }

  /** The volume is gone; the key, which is kept elsewhere, is not. */
  void lose() {
    lost = true;
    signState.clear();
    blocks.clear();
    numbers.clear();
    synced = 0;
    blocksSynced = 0;
  }

  /** Whether the sign-state that belongs to the key is here. */
  boolean isWhole() {
    return !lost;
  }

  List<SignRecord> signState() {
    return signState.stream().map(SignRecord::decode).toList();
  }

  /** Whether the vote was ever safe from a crash. */
  boolean held(Vote vote) {
    return votes.contains(vote);
  }

  List<Effect.Finalized> blocks() {
    return blocks;
  }

  /** Whether the number is final, or what excludes it. */
  boolean isFinal(int number) {
    return TestingPayloads.isDecided(numbers, number);
  }

  Tip<List<Integer>> tip(BlockHeader genesis) {
    TestingPayloads rules = new TestingPayloads();
    List<Integer> state = List.of();
    for (Effect.Finalized block : blocks) {
      state = rules.apply(state, block.block().payload()).orElseThrow();
    }
    return blocks.isEmpty()
        ? new Tip<>(genesis, Optional.empty(), state)
        : new Tip<>(
            blocks.getLast().block().header(), Optional.of(blocks.getLast().finality()), state);
  }
}
