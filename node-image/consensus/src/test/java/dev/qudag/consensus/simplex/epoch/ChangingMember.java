package dev.qudag.consensus.simplex.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.simplex.Effect;
import dev.qudag.consensus.simplex.Event;
import dev.qudag.consensus.simplex.Simplex;
import dev.qudag.consensus.simplex.SimplexConfig;
import dev.qudag.consensus.simplex.Tip;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.epoch.SealedNumbers.State;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.consensus.simplex.message.SignRecord;
import dev.qudag.crypto.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process that lives through two epochs: its disk, and the core of the epoch that it is in. It
 * has none while it waits for the next one, and when it is not in the set.
 */
final class ChangingMember {
  /** What members tell each other. */
  sealed interface Mail {
    /** Of one epoch's ordering. */
    record OfCore(int epoch, Message message) implements Mail {}

    /** That the sender is ready; an answer to such a word is not answered. */
    record Word(Ready ready, boolean answer) implements Mail {}

    /** The sender holds final blocks up to this height only, and others seem to hold more. */
    record Behind(int height) implements Mail {}

    /** Final blocks one after the other, for who is behind. */
    record Final(List<Effect.Finalized> blocks) implements Mail {}
  }

  /** What a member has its surroundings do. */
  interface World {
    /** To whoever runs as this member; all others when it is empty. */
    void send(int from, Optional<Integer> to, Mail mail);

    void timer(ChangingMember member, long token, long view, Duration after);

    /** It holds the block to be final from now on. */
    void finalized(int member, Effect.Finalized block);

    void entered(int member, Handover handover);
  }

  final int id;
  final List<Effect.Finalized> blocks = new ArrayList<>();
  private final World world;
  private final List<Integer> submitted;
  private final Map<Integer, List<byte[]>> signStates = new HashMap<>();
  private Optional<Simplex<State>> core = Optional.empty();
  private Optional<Handover> handover = Optional.empty();
  private State state = State.START;
  private int epoch;
  private boolean up;
  private long token;

  /**
   * @param submitted what may be ordered; grows
   */
  ChangingMember(int id, List<Integer> submitted, World world) {
    this.id = id;
    this.submitted = submitted;
    this.world = world;
  }

  boolean isUp() {
    return up;
  }

  int epoch() {
    return epoch;
  }

  boolean holds(int number) {
    return state.numbers().contains(number);
  }

  // ---- ups and downs

  void crash() {
    up = false;
    core = Optional.empty();
    handover = Optional.empty();
    token++;
  }

  /** Starts from the disk. */
  void start() {
    up = true;
    epoch = blocks.isEmpty() ? 0 : (int) blocks.getLast().block().header().epoch();
    state = State.START;
    for (Effect.Finalized held : blocks) {
      State before = held.block().header().epoch() == 1 ? state.opened() : state;
      state = new SealedNumbers().apply(before, held.block().payload()).orElseThrow();
    }
    if (state.sealed()) {
      waitForOthers();
    } else {
      run(tip());
    }
    offer();
  }

  private Tip<State> tip() {
    if (blocks.isEmpty()) {
      return new Tip<>(TwoSets.GENESIS, Optional.empty(), state);
    }
    Effect.Finalized last = blocks.getLast();
    return new Tip<>(last.block().header(), Optional.of(last.finality()), state);
  }

  private void run(Tip<State> tip) {
    int place = TwoSets.place(epoch, id);
    if (place < 0) {
      return;
    }
    SimplexConfig config =
        new SimplexConfig(
            TwoSets.GENESIS.chainId(),
            epoch,
            TwoSets.set(epoch),
            place,
            message -> TwoSets.sign(id, message),
            Duration.ofMillis(500),
            SimplexConfig.LONGEST_TIMEOUT);
    core = Optional.of(new Simplex<>(config, new SealedNumbers(), tip));
    List<SignRecord> replay =
        signStates.getOrDefault(epoch, List.of()).stream().map(SignRecord::decode).toList();
    apply(new Event.Started(replay));
  }

  void offer() {
    List<Bytes> items =
        submitted.stream()
            .filter(number -> !holds(number))
            .map(number -> SealedNumbers.payload(List.of(number)))
            .toList();
    apply(new Event.Waiting(items));
  }

  void connected(int peer) {
    own().ifPresent(word -> world.send(id, Optional.of(peer), new Mail.Word(word, false)));
    int place = TwoSets.place(epoch, peer);
    if (place >= 0) {
      apply(new Event.Connected(place));
    }
  }

  void timeOut(long someToken, long view) {
    if (someToken == token) {
      apply(new Event.TimedOut(view));
    }
  }

  /** Now and then: says again what may have been lost. */
  void tick() {
    if (handover.isPresent()) {
      own().ifPresent(word -> world.send(id, Optional.empty(), new Mail.Word(word, false)));
    }
  }

  // ---- what others say

  void take(int from, Mail mail) {
    switch (mail) {
      case Mail.OfCore(int of, Message message) -> {
        int place = TwoSets.place(of, from);
        if (of == epoch && place >= 0) {
          apply(new Event.Received(place, message));
        } else if (of > epoch) {
          askBack(from);
        } else if (of < epoch) {
          own().ifPresent(word -> world.send(id, Optional.of(from), new Mail.Word(word, true)));
        }
      }
      case Mail.Word(Ready ready, boolean answer) -> take(from, ready, answer);
      case Mail.Behind(int height) -> handOver(from, height);
      case Mail.Final(List<Effect.Finalized> missing) -> missing.forEach(this::take);
    }
  }

  private void take(int from, Ready ready, boolean answer) {
    if (ready.epoch() <= epoch) {
      if (!answer) {
        own().ifPresent(word -> world.send(id, Optional.of(from), new Mail.Word(word, true)));
      }
    } else if (handover.isPresent()) {
      handover = handover.map(now -> now.with(ready));
      enterIfOpen();
    } else {
      askBack(from);
    }
  }

  /** The peer knows more: it hands over the blocks that are missing here. */
  private void askBack(int peer) {
    world.send(id, Optional.of(peer), new Mail.Behind(blocks.size()));
  }

  /** Hands the blocks over that a peer misses. */
  private void handOver(int to, int height) {
    if (blocks.size() > height) {
      List<Effect.Finalized> missing = List.copyOf(blocks.subList(height, blocks.size()));
      world.send(id, Optional.of(to), new Mail.Final(missing));
    }
  }

  private void take(Effect.Finalized found) {
    BlockHeader header = found.block().header();
    if (handover.isPresent()) {
      BlockHeader root = BlockHeader.root(handover.get().seal());
      if (header.isChildOf(root) && found.finality().isValid(TwoSets.set(1))) {
        enter();
        take(found);
      }
    } else if (core.isPresent()) {
      apply(new Event.CaughtUp(found.block(), found.finality()));
    } else if (header.height() == blocks.size() + 1
        && header.epoch() == epoch
        && found.finality().subject().equals(header)
        && found.finality().isValid(TwoSets.set(epoch))) {
      keep(found);
    }
  }

  // ---- what the core does

  private void apply(Event event) {
    if (core.isPresent()) {
      for (Effect effect : core.get().apply(event).effects()) {
        perform(effect);
      }
    }
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Persist(SignRecord entry) ->
          signStates.computeIfAbsent(epoch, of -> new ArrayList<>()).add(entry.encode());
      case Effect.Broadcast(Message message) ->
          world.send(id, Optional.empty(), new Mail.OfCore(epoch, message));
      case Effect.Send(int place, Message message) ->
          world.send(
              id, Optional.of(TwoSets.member(epoch, place)), new Mail.OfCore(epoch, message));
      case Effect.SetTimer(long view, Duration after) -> world.timer(this, ++token, view, after);
      case Effect.StopTimer() -> token++;
      case Effect.Finalized block -> keep(block);
      case Effect.CatchUp(long height) ->
          world.send(id, Optional.empty(), new Mail.Behind(blocks.size()));
    }
  }

  private void keep(Effect.Finalized found) {
    if (state.sealed()) {
      return;
    }
    Block block = found.block();
    assertThat(block.header().height()).as("heights come one by one").isEqualTo(blocks.size() + 1);
    state = new SealedNumbers().apply(state, block.payload()).orElseThrow();
    blocks.add(found);
    world.finalized(id, found);
    if (state.sealed()) {
      waitForOthers();
    }
  }

  // ---- from one epoch to the next

  private Optional<Ready> own() {
    return blocks.stream()
        .map(Effect.Finalized::block)
        .filter(block -> SealedNumbers.numbers(block.payload()).contains(SealedNumbers.SEAL))
        .findFirst()
        .filter(seal -> TwoSets.place(1, id) >= 0)
        .map(
            seal ->
                Ready.sign(
                    seal.header(), TwoSets.place(1, id), message -> TwoSets.sign(id, message)));
  }

  private void waitForOthers() {
    Handover fresh =
        Handover.of(blocks.getLast().finality(), TwoSets.set(0), TwoSets.set(1)).orElseThrow();
    handover = Optional.of(own().map(fresh::with).orElse(fresh));
    tick();
  }

  private void enterIfOpen() {
    if (handover.filter(Handover::isOpen).isPresent()) {
      world.entered(id, handover.get());
      enter();
    }
  }

  private void enter() {
    BlockHeader root = BlockHeader.root(handover.orElseThrow().seal());
    handover = Optional.empty();
    token++;
    core = Optional.empty();
    epoch = 1;
    state = state.opened();
    run(new Tip<>(root, Optional.empty(), state));
    offer();
  }
}
