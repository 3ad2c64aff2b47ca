package dev.qudag.node.validator;

import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.Membership;
import dev.qudag.consensus.chain.OrderedDecision;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.simplex.Tip;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import dev.qudag.node.disk.RecordLog;
import dev.qudag.node.validator.judge.KnownChain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The final chain on disk, by height from 1, each block with its finality and the state it leaves.
 * Appended by the consensus thread, read by any.
 *
 * <p>A seal is the last block of its epoch. {@link #open} goes on with the next epoch, whose first
 * block shows on the disk that it was opened.
 */
final class BlockStore implements FinalChain<ChainState>, KnownChain, AutoCloseable {
  private static final String HEADER_TAG = "qudag.dev/v1/block-store";
  private static final String TAG = "qudag.dev/v1/stored-block";

  private record Stored(FinalBlock block, ChainState state) {
    byte[] encode() {
      return CanonicalWriter.tagged(TAG)
          .bytes(block.block().encode())
          .bytes(block.finality().encode())
          .bytes(state.encode())
          .toByteArray();
    }

    static Stored decode(byte[] bytes, Genesis genesis) {
      return CanonicalReader.read(
          TAG,
          bytes,
          in ->
              new Stored(
                  new FinalBlock(Block.decode(in.byteArray()), Finality.decode(in.byteArray())),
                  ChainState.decode(in.byteArray(), genesis)));
    }
  }

  private final Genesis genesis;
  private final RecordLog log;
  private final List<Long> offsets = new ArrayList<>();
  private final Set<String> landed = new HashSet<>();
  private final Set<Digest> policies = new HashSet<>();
  private final Map<Long, MemberSet> sets = new HashMap<>();
  private final Map<Long, BlockHeader> seals = new HashMap<>();
  private Tip<ChainState> tip;

  private BlockStore(Genesis genesis, Path file) throws IOException {
    this.genesis = genesis;
    this.landed.add(genesis.head());
    this.policies.add(genesis.policy().digest());
    this.sets.put(genesis.epoch(), genesis.set());
    this.tip =
        new Tip<>(
            BlockHeader.genesis(genesis.chainId(), genesis.epoch()),
            Optional.empty(),
            ChainState.of(genesis));
    byte[] header = CanonicalWriter.tagged(HEADER_TAG).digest(genesis.chainId()).toByteArray();
    this.log = RecordLog.open(file, header, this::recover);
  }

  static BlockStore open(Path data, Genesis genesis) throws IOException {
    return new BlockStore(genesis, data.resolve("blocks.log"));
  }

  private void recover(long offset, byte[] record) {
    Stored stored = Stored.decode(record, genesis);
    index(offset, stored.block(), stored.state());
  }

  @Override
  public synchronized void append(FinalBlock block, ChainState state) throws IOException {
    if (block.height() != height() + 1) {
      throw new IllegalStateException("block " + block.height() + " after block " + height());
    }
    index(log.append(new Stored(block, state).encode()), block, state);
    notifyAll();
  }

  /** Does not hold the lock: readers need not wait for the disk. */
  @Override
  public void sync() throws IOException {
    log.sync();
  }

  private void index(long offset, FinalBlock block, ChainState state) {
    offsets.add(offset);
    tip = new Tip<>(block.block().header(), Optional.of(block.finality()), state);
    for (OrderedDecision ordered : block.payload().decisions()) {
      switch (ordered.decision()) {
        case LandingDecision landing -> landed.addAll(landing.commits());
        case AdoptDecision adopt -> landed.add(adopt.commit());
        case PolicyDecision change -> policies.add(change.next().digest());
        case VoidDecision undone -> {}
        case EngineDecision change -> {}
        case SetDecision change -> seal(block.block().header(), state);
      }
    }
  }

  private void seal(BlockHeader header, ChainState state) {
    MemberSet next = state.membership().next().orElseThrow();
    sets.put(next.epoch(), next);
    seals.put(header.epoch(), header);
  }

  /** Whether the last block is a seal, and no later epoch is open. */
  @Override
  public synchronized boolean isSealed() {
    return tip.state().membership().isSealed();
  }

  /**
   * Goes on with the next epoch.
   *
   * @param root what it begins on
   * @throws IllegalStateException when the last block is not the seal that the root names
   */
  synchronized void open(Tip<ChainState> root) {
    if (!isSealed() || !root.header().equals(BlockHeader.root(tip.header()))) {
      throw new IllegalStateException(
          "epoch " + root.header().epoch() + " does not begin on height " + height());
    }
    tip = root;
  }

  /** What a validator's key is to the chain, as far as that is known here. */
  enum Standing {
    /** In the set that decides, or in the next one. */
    MEMBER,
    /** It was in a set, and is in none any more. */
    FORMER_MEMBER,
    /** No set has named it yet. */
    NEVER_NAMED
  }

  synchronized Standing standing(VerifyingKey key) {
    if (members().stream().anyMatch(member -> member.signingKey().equals(key))) {
      return Standing.MEMBER;
    }
    return sets.values().stream().anyMatch(set -> set.placeOf(key).isPresent())
        ? Standing.FORMER_MEMBER
        : Standing.NEVER_NAMED;
  }

  /** The members of the epoch, and those of the next one once this is sealed. */
  synchronized List<Member> members() {
    Membership membership = state().membership();
    return Stream.concat(
            membership.set().members().stream(),
            membership.next().stream().flatMap(next -> next.members().stream()))
        .distinct()
        .toList();
  }

  /** The same but for the validator of a key: the other set may name it with another key. */
  synchronized List<Member> membersBut(VerifyingKey key) {
    List<Member> all = members();
    List<Integer> own =
        all.stream().filter(member -> member.signingKey().equals(key)).map(Member::index).toList();
    return all.stream().filter(member -> !own.contains(member.index())).toList();
  }

  /** The set of an epoch that has begun, or is next. */
  synchronized Optional<MemberSet> setOf(long epoch) {
    return Optional.ofNullable(sets.get(epoch));
  }

  /** The block that ended an epoch. */
  synchronized Optional<BlockHeader> sealOf(long epoch) {
    return Optional.ofNullable(seals.get(epoch));
  }

  @Override
  public synchronized Tip<ChainState> tip() {
    return tip;
  }

  @Override
  public synchronized ChainState state() {
    return tip.state();
  }

  synchronized long height() {
    return offsets.size();
  }

  /** Whether the decision was ordered, or is made for a state that the chain has left for good. */
  synchronized boolean isPast(Decision decision) {
    return switch (decision) {
      case LandingDecision landing -> isOvertaken(landing);
      case VoidDecision undone -> hasLeft(undone.branch(), undone.head());
      case AdoptDecision adopt ->
          hasLeft(adopt.branch(), adopt.base())
              && !state().mayComeBackTo(adopt.branch(), adopt.base());
      case PolicyDecision change -> change.sequence() < state().policyChanges();
      case EngineDecision change -> change.sequence() < state().engineInForce().changes();
      case SetDecision change -> change.change().epoch() < state().set().epoch();
    };
  }

  private boolean isOvertaken(LandingDecision landing) {
    long voids = state().voids(landing.branch());
    return landing.voids() == voids
        ? hasLeft(landing.branch(), landing.base())
        : landing.voids() < voids;
  }

  private boolean hasLeft(String branch, String commit) {
    return landed.contains(commit) && !state().head(branch).equals(Optional.of(commit));
  }

  @Override
  public synchronized boolean hasLanded(String commit) {
    return landed.contains(commit);
  }

  @Override
  public synchronized boolean hadPolicy(Digest policy) {
    return policies.contains(policy);
  }

  synchronized FinalBlock block(long height) throws IOException {
    return Stored.decode(log.read(offsets.get((int) height - 1)), genesis).block();
  }

  /** Waits for a block of this height, at most so long; whether it is there. */
  synchronized boolean await(long height, long millis) throws InterruptedException {
    long deadline = System.nanoTime() + millis * 1_000_000;
    while (height() < height) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  @Override
  public synchronized void close() throws IOException {
    log.close();
  }
}
