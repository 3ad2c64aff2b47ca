package dev.qudag.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.crypto.CanonicalWriter;
import dev.qudag.crypto.Digest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A whole swarm in one thread: its network, disks and clocks are drawn from one seed, so that a
 * seed replays one history. The invariants are checked at every effect of every honest member.
 */
final class Simulation {
  private record Scheduled(long time, long order, Runnable action) {}

  private final Random random;
  private final ValidatorSet set;
  private final Faults faults;
  private final Invariants invariants;
  private final List<SimulatedMember> members;
  private final Map<Integer, Equivocator> equivocators = new TreeMap<>();
  private final PriorityQueue<Scheduled> queue =
      new PriorityQueue<>(
          Comparator.comparingLong(Scheduled::time).thenComparingLong(Scheduled::order));
  private final List<Integer> submitted = new ArrayList<>();
  private final boolean[] secondPart;
  private Digest trace = Digest.ZERO;
  private boolean healed;
  private long now;
  private long order;

  Simulation(long seed, int size, Faults faults) {
    this.random = new Random(seed);
    this.set = TestingKeys.set(size);
    this.faults = faults;
    this.invariants = new Invariants(set);
    this.secondPart = new boolean[size];
    BlockHeader genesis = BlockHeader.genesis(Digest.sha256(new byte[] {7}), 0);
    this.members =
        IntStream.range(0, size)
            .mapToObj(index -> new SimulatedMember(index, set, genesis))
            .toList();
    for (int i = 0; i < faults.equivocators(); i++) {
      equivocators.put(i + 1, new Equivocator(i + 1, random));
    }
    members.stream().filter(member -> !isSilent(member)).forEach(this::start);
  }

  List<SimulatedMember> honest() {
    return members.stream()
        .filter(member -> !isSilent(member) && !equivocators.containsKey(member.index))
        .toList();
  }

  SimulatedMember member(int index) {
    return members.get(index);
  }

  /** The hash of every message that was delivered, with its time and its receiver. */
  Digest trace() {
    return trace;
  }

  long highestView() {
    return honest().stream().mapToLong(SimulatedMember::view).max().orElseThrow();
  }

  // ---- the course of events

  /**
   * Submits numbers 1 to {@code count} at random times within the duration, and lets the faults
   * happen meanwhile.
   */
  void chaos(int count, long millis) {
    for (int number = 1; number <= count; number++) {
      int submission = number;
      at(random.nextLong(millis), () -> submit(submission));
    }
    if (faults.partitions()) {
      for (long time = 0; time < millis; time += 2000) {
        at(time + random.nextLong(1000), this::partition);
        at(time + 1000 + random.nextLong(1000), this::unite);
      }
    }
    runUntil(now + millis);
  }

  void submit(int number) {
    submitted.add(number);
    members.forEach(member -> at(random.nextInt(10), () -> offer(member)));
  }

  /** From now on nothing is lost, all members are up, and all streams are new. */
  void heal() {
    healed = true;
    unite();
    members.stream().filter(member -> !member.isUp() && !isSilent(member)).forEach(this::start);
    for (SimulatedMember one : members) {
      members.forEach(other -> connect(one, other));
    }
  }

  void runUntil(long time) {
    while (!queue.isEmpty() && queue.peek().time() <= time) {
      runNext();
    }
    now = Math.max(now, time);
  }

  /**
   * Runs until every honest member holds every submitted number to be final; fails when that takes
   * too many views.
   */
  void runUntilAllFinal(int views) {
    long limit = highestView() + views;
    while (!allFinal()) {
      assertThat(highestView())
          .as("view, while %s are not final", unfinished())
          .isLessThanOrEqualTo(limit);
      assertThat(queue).as("events left, while %s are not final", unfinished()).isNotEmpty();
      runNext();
    }
  }

  /** Runs until nothing happens any more; fails when that does not come. */
  void runUntilQuiet() {
    for (int events = 0; !queue.isEmpty(); events++) {
      assertThat(events).as("events in an idle swarm").isLessThan(100_000);
      runNext();
    }
  }

  void crash(SimulatedMember member) {
    member.stop();
    member.disk.crash(random);
  }

  void start(SimulatedMember member) {
    perform(member, member.start());
    offer(member);
    members.forEach(
        other -> {
          connect(member, other);
          connect(other, member);
        });
  }

  private boolean allFinal() {
    return honest().stream().allMatch(member -> submitted.stream().allMatch(member::isFinal));
  }

  private List<Integer> unfinished() {
    return submitted.stream()
        .filter(number -> !honest().stream().allMatch(m -> m.isFinal(number)))
        .toList();
  }

  private boolean isSilent(SimulatedMember member) {
    return member.index >= members.size() - faults.silent();
  }

  private void offer(SimulatedMember member) {
    if (member.isUp()) {
      deliver(member, member.waiting(submitted));
    }
  }

  private void connect(SimulatedMember from, SimulatedMember to) {
    if (from != to && from.isUp() && to.isUp()) {
      at(random.nextInt(20), () -> deliver(from, new Event.Connected(to.index)));
    }
  }

  private void partition() {
    for (int i = 0; i < secondPart.length; i++) {
      secondPart[i] = random.nextBoolean();
    }
  }

  private void unite() {
    Arrays.fill(secondPart, false);
  }

  // ---- members

  private void deliver(SimulatedMember member, Event event) {
    if (member.isUp()) {
      perform(member, member.apply(event));
    }
  }

  private void perform(SimulatedMember member, Step step) {
    for (Effect effect : step.effects()) {
      if (!healed && random.nextDouble() < faults.crashes()) {
        crash(member);
        at(random.nextInt(3000), () -> restart(member));
        return;
      }
      perform(member, effect);
    }
  }

  private void restart(SimulatedMember member) {
    if (!member.isUp()) {
      start(member);
    }
  }

  private void perform(SimulatedMember member, Effect effect) {
    switch (effect) {
      case Effect.Persist(SignRecord entry) -> member.disk.append(entry);
      case Effect.Broadcast(Message message) ->
          members.stream()
              .filter(peer -> peer != member)
              .forEach(peer -> send(member, peer, message));
      case Effect.Send(int peer, Message message) -> send(member, members.get(peer), message);
      case Effect.SetTimer(long view, Duration after) -> {
        long timer = ++member.timer;
        at(
            after.toMillis(),
            () -> {
              if (member.timer == timer) {
                deliver(member, new Event.TimedOut(view));
              }
            });
      }
      case Effect.StopTimer() -> member.timer++;
      case Effect.Finalized finalized -> {
        if (!equivocators.containsKey(member.index)) {
          invariants.onFinalized(member.index, finalized, member.disk);
        }
        member.disk.store(finalized);
        at(0, () -> offer(member));
      }
      case Effect.CatchUp(long height) -> catchUp(member, height);
    }
  }

  private void catchUp(SimulatedMember member, long height) {
    SimulatedMember peer = members.get(random.nextInt(members.size()));
    if (peer == member || !peer.isUp() || isCut(member, peer)) {
      return;
    }
    for (Effect.Finalized found : List.copyOf(peer.disk.blocks())) {
      if (found.block().header().height() >= height) {
        Block block = Block.decode(found.block().encode());
        Finality finality = Finality.decode(found.finality().encode());
        at(20, () -> deliver(member, new Event.CaughtUp(block, finality)));
      }
    }
  }

  // ---- the network

  private void send(SimulatedMember from, SimulatedMember to, Message message) {
    Equivocator equivocator = equivocators.get(from.index);
    if (equivocator == null) {
      invariants.onSend(from.index, message, from.disk);
      transmit(from, to, message);
    } else if (message instanceof Proposal proposal && random.nextBoolean()) {
      transmit(from, to, equivocator.twin(proposal));
    } else {
      transmit(from, to, message);
    }
  }

  private void transmit(SimulatedMember from, SimulatedMember to, Message message) {
    if (isCut(from, to) || (!healed && random.nextDouble() < faults.loss())) {
      return;
    }
    int copies = !healed && random.nextDouble() < faults.duplicates() ? 2 : 1;
    for (int copy = 0; copy < copies; copy++) {
      at(
          1 + random.nextInt(healed ? 20 : faults.delayMillis()),
          () -> arrive(from, to, message.toBytes()));
    }
  }

  private boolean isCut(SimulatedMember one, SimulatedMember other) {
    return secondPart[one.index] != secondPart[other.index];
  }

  private void arrive(SimulatedMember from, SimulatedMember to, byte[] bytes) {
    if (!to.isUp()) {
      return;
    }
    byte[] place =
        CanonicalWriter.untagged().int64(now).int32(from.index).int32(to.index).toByteArray();
    trace = Digest.sha256(trace.bytes(), place, bytes);
    Message message = Message.ofBytes(bytes);
    Equivocator equivocator = equivocators.get(to.index);
    if (equivocator != null) {
      equivocator
          .onReceived(message)
          .forEach(lie -> transmit(to, members.get(random.nextInt(members.size())), lie));
    }
    deliver(to, new Event.Received(from.index, message));
  }

  // ---- time

  private void at(long delay, Runnable action) {
    queue.add(new Scheduled(now + delay, order++, action));
  }

  private void runNext() {
    Scheduled next = queue.remove();
    now = next.time();
    next.action().run();
  }
}
