package dev.qudag.consensus.simplex.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.simplex.Effect;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.epoch.ChangingMember.Mail;
import dev.qudag.consensus.simplex.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * The life of a swarm whose set changes, in simulated milliseconds: messages are lost and late,
 * members crash and come back with their disk, all drawn from one seed. What must hold is checked
 * at every final block and at every turn.
 */
final class ChangingSwarm implements ChangingMember.World {
  private static final int NUMBERS = 10;
  private static final int CHAOS_MILLIS = 15_000;
  private static final int LONGEST_DOWN_MILLIS = 2_000;
  private static final int LATEST_MILLIS = 200_000;
  private static final int TICK_MILLIS = 1_000;
  private static final double LOSS = 0.1;
  private static final double CRASHES = 0.003;
  private static final int LONGEST_DELAY_MILLIS = 200;

  private record Due(long time, long order, Runnable action) {}

  private final Random random;
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparingLong(Due::time).thenComparingLong(Due::order));
  private final List<ChangingMember> members = new ArrayList<>();
  private final List<Integer> submitted = new ArrayList<>();
  private final Map<Long, BlockHeader> chain = new HashMap<>();
  private long now;
  private long planned;
  private boolean healed;

  ChangingSwarm(long seed) {
    this.random = new Random(seed);
    for (int id = 0; id < TwoSets.MEMBERS; id++) {
      members.add(new ChangingMember(id, submitted, this));
    }
    members.forEach(this::start);
    members.forEach(this::tickForEver);
    for (int number = 0; number <= NUMBERS; number++) {
      int submission = number;
      after(random.nextInt(CHAOS_MILLIS), () -> submit(submission));
    }
    after(CHAOS_MILLIS, this::heal);
  }

  /** Plays until all of the second set hold all numbers; fails when that does not come. */
  void play() {
    while (!isDone()) {
      Due next = queue.remove();
      now = next.time();
      assertThat(now)
          .as("all is decided by the second set, but %s", standing())
          .isLessThan(LATEST_MILLIS);
      next.action().run();
    }
  }

  private boolean isDone() {
    return healed
        && TwoSets.members(1).stream()
            .map(members::get)
            .allMatch(member -> member.epoch() == 1 && submitted.stream().allMatch(member::holds));
  }

  private String standing() {
    return members.stream()
        .map(
            member ->
                "%d is in epoch %d at %d"
                    .formatted(member.id, member.epoch(), member.blocks.size()))
        .toList()
        .toString();
  }

  private void after(long delay, Runnable action) {
    queue.add(new Due(now + delay, planned++, action));
  }

  // ---- what happens to it

  private void submit(int number) {
    submitted.add(number);
    members.stream().filter(ChangingMember::isUp).forEach(ChangingMember::offer);
  }

  private void heal() {
    healed = true;
    members.forEach(this::start);
    members.forEach(this::connect);
  }

  private void start(ChangingMember member) {
    if (!member.isUp()) {
      member.start();
      connect(member);
    }
  }

  private void connect(ChangingMember member) {
    for (ChangingMember other : members) {
      if (other != member) {
        after(1, () -> ifUp(member, () -> member.connected(other.id)));
        after(1, () -> ifUp(other, () -> other.connected(member.id)));
      }
    }
  }

  private void tickForEver(ChangingMember member) {
    after(
        TICK_MILLIS,
        () -> {
          ifUp(member, member::tick);
          tickForEver(member);
        });
  }

  private void ifUp(ChangingMember member, Runnable action) {
    if (member.isUp()) {
      action.run();
    }
  }

  private void crash(ChangingMember member) {
    member.crash();
    after(random.nextInt(LONGEST_DOWN_MILLIS), () -> start(member));
  }

  // ---- what members do

  @Override
  public void send(int from, Optional<Integer> to, Mail mail) {
    for (ChangingMember peer : members) {
      boolean meant = peer.id != from && to.map(one -> one == peer.id).orElse(true);
      if (meant && (healed || random.nextDouble() >= LOSS)) {
        after(
            1 + random.nextInt(LONGEST_DELAY_MILLIS), () -> arrive(from, peer, overTheWire(mail)));
      }
    }
  }

  private static Mail overTheWire(Mail mail) {
    return switch (mail) {
      case Mail.OfCore(int epoch, Message message) ->
          new Mail.OfCore(epoch, Message.ofBytes(message.toBytes()));
      case Mail.Word(Ready ready, boolean answer) ->
          new Mail.Word(Ready.decode(ready.encode()), answer);
      case Mail.Behind behind -> behind;
      case Mail.Final blocks -> blocks;
    };
  }

  private void arrive(int from, ChangingMember to, Mail mail) {
    if (!to.isUp()) {
      return;
    }
    if (!healed && random.nextDouble() < CRASHES) {
      crash(to);
      return;
    }
    to.take(from, mail);
  }

  @Override
  public void timer(ChangingMember member, long token, long view, Duration delay) {
    after(delay.toMillis(), () -> ifUp(member, () -> member.timeOut(token, view)));
  }

  @Override
  public void finalized(int member, Effect.Finalized found) {
    BlockHeader header = found.block().header();
    int epoch = (int) header.epoch();
    assertThat(found.finality().isValid(TwoSets.set(epoch)))
        .as("the set of its epoch made the block final")
        .isTrue();
    assertThat(chain.merge(header.height(), header, (first, second) -> first))
        .as("members agree on the final block of a height, across the epochs")
        .isEqualTo(header);
    after(0, () -> ifUp(members.get(member), members.get(member)::offer));
  }

  @Override
  public void entered(int member, Handover handover) {
    assertThat(handover.ready().keySet())
        .as("who is ready holds the seal to be final")
        .allSatisfy(
            place ->
                assertThat(members.get(TwoSets.member(1, place)).blocks)
                    .extracting(block -> block.block().header())
                    .contains(handover.seal()));
  }
}
