package dev.qudag.consensus.simplex;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a member has on its disk: the sign-state, whose last entries a crash may lose, and the final
 * blocks.
 */
final class SimulatedDisk {
  private final List<byte[]> signState = new ArrayList<>();
  private final List<Effect.Finalized> blocks = new ArrayList<>();
  private int synced;

  void append(SignRecord entry) {
    signState.add(entry.encode());
    if (entry.precedesSending()) {
      synced = signState.size();
    }
  }

  void store(Effect.Finalized block) {
    blocks.add(block);
    synced = signState.size();
    signState.removeIf(entry -> SignRecord.decode(entry).view() <= block.block().header().view());
    synced = signState.size();
  }

  /** A crash tears off a part, of random length, of what was not synced. */
  void crash(RandomGenerator random) {
    int kept = synced + random.nextInt(signState.size() - synced + 1);
    signState.subList(kept, signState.size()).clear();
    synced = kept;
  }

  List<SignRecord> signState() {
    return signState.stream().map(SignRecord::decode).toList();
  }

  boolean holds(Vote vote) {
    return signState().stream()
        .anyMatch(
            entry ->
                switch (entry) {
                  case SignRecord.Voted(Vote held) -> held.equals(vote);
                  case SignRecord.Held(Proposal proposal) -> proposal.vote().equals(vote);
                  case SignRecord.Passed passed -> false;
                });
  }

  List<Effect.Finalized> blocks() {
    return blocks;
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
