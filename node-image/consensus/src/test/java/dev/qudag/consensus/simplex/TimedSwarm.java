package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.consensus.simplex.message.Progress;
import dev.qudag.consensus.simplex.message.Proposal;
import dev.qudag.consensus.simplex.message.SignRecord;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.consensus.simplex.message.Wanted;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Honest members on a virtual clock of nanoseconds, with a core, a disk and a network card each:
 * what a member signs, verifies, syncs and sends takes its time, and what comes meanwhile waits.
 * Nothing is lost. One seed draws one history.
 */
final class TimedSwarm {
  /**
   * What things cost, in nanoseconds.
   *
   * @param message to take in or hand out one message, signatures aside
   * @param leastDelay on the way between two network cards
   * @param mostDelay likewise; each message takes its own time between the two
   * @param perByte on a network card
   */
  record Costs(
      double sign,
      double verify,
      double sync,
      double message,
      long leastDelay,
      long mostDelay,
      double perByte) {}

  private static final BlockHeader GENESIS = BlockHeader.genesis(Digest.sha256(new byte[] {7}), 1);

  /** Signatures of ML-DSA-87, and about what a message has beside them. */
  private static final int SIGNATURE_BYTES = 4627;

  private static final int FRAME_BYTES = 300;

  private final class Machine {
    final SimulatedMember member;

    /** As its keys do, it remembers the signatures that it has found good. */
    final Set<Bytes> verified = new HashSet<>();

    double coreFree;
    double cardFree;
    boolean dirty;

    Machine(SimulatedMember member) {
      this.member = member;
    }
  }

  private final Costs costs;
  private final Random random;
  private final Schedule schedule = new Schedule();
  private final ValidatorSet set;
  private final List<Machine> machines;
  private final List<Double> finalAt = new ArrayList<>();
  private Machine running;
  private long verifications;
  private long messages;
  private int submitted;

  TimedSwarm(int size, Costs costs, long seed) {
    this.costs = costs;
    this.random = new Random(seed);
    this.set =
        new ValidatorSet(
            TestingKeys.set(size).members().stream()
                .map(member -> new ValidatorSet.Member(counted(member.check()), 1))
                .toList());
    this.machines =
        IntStream.range(0, size)
            .mapToObj(index -> new Machine(new SimulatedMember(index, set, GENESIS)))
            .toList();
    machines.forEach(machine -> perform(machine, machine.member.start(), 0));
  }

  private ValidatorSet.SignatureCheck counted(ValidatorSet.SignatureCheck check) {
    return (message, signature) -> {
      boolean good = check.verify(message, signature);
      if (!good || running.verified.add(signature)) {
        verifications++;
      }
      return good;
    };
  }

  /**
   * Hands one number to all members and lets the swarm come to rest.
   *
   * @return nanoseconds until a quorum held it final
   */
  double orderOne() {
    finalAt.clear();
    double start = schedule.now();
    submitted++;
    machines.forEach(this::offer);
    while (!schedule.isEmpty()) {
      schedule.next();
    }
    Collections.sort(finalAt);
    return finalAt.get((int) set.quorum() - 1) - start;
  }

  /** How many messages were delivered. */
  long messages() {
    return messages;
  }

  private void offer(Machine machine) {
    deliver(machine, machine.member.waiting(List.of(submitted)));
  }

  private void deliver(Machine machine, Event event) {
    running = machine;
    long before = verifications;
    Step step = machine.member.apply(event);
    perform(machine, step, (verifications - before) * costs.verify);
  }

  /** Takes the core until all is done; each effect happens when those before it have. */
  private void perform(Machine machine, Step step, double nanos) {
    double signing = step.effects().stream().filter(e -> isSigned(e, machine)).count() * costs.sign;
    double at = Math.max(schedule.now(), machine.coreFree) + nanos + signing;
    for (Effect effect : step.effects()) {
      at = perform(machine, effect, at);
    }
    machine.coreFree = at;
  }

  private static boolean isSigned(Effect effect, Machine machine) {
    return effect instanceof Effect.Persist(SignRecord entry)
        && switch (entry) {
          case SignRecord.Voted voted -> true;
          case SignRecord.Held held -> held.proposal().vote().signer() == machine.member.index;
          case SignRecord.Passed passed -> false;
        };
  }

  /** When it is done. */
  private double perform(Machine machine, Effect effect, double at) {
    switch (effect) {
      case Effect.Persist(SignRecord entry) -> {
        machine.member.disk.append(entry);
        machine.dirty |= entry.precedesSending();
        return at;
      }
      case Effect.Broadcast(Message message) -> {
        double sent = sync(machine, at);
        for (Machine peer : machines) {
          sent = peer == machine ? sent : send(machine, peer, message, sent);
        }
        return sent;
      }
      case Effect.Send(int peer, Message message) -> {
        return send(machine, machines.get(peer), message, sync(machine, at));
      }
      case Effect.SetTimer(long view, Duration after) -> {
        long timer = machine.member.nextTimer();
        at(at + after.toNanos(), () -> timeOut(machine, timer, view));
        return at;
      }
      case Effect.StopTimer() -> {
        machine.member.nextTimer();
        return at;
      }
      case Effect.Finalized finalized -> {
        boolean wasFinal = machine.member.disk.isFinal(submitted);
        machine.member.disk.store(finalized);
        if (!wasFinal && machine.member.disk.isFinal(submitted)) {
          finalAt.add(at);
        }
        at(at, () -> offer(machine));
        return at + costs.sync;
      }
      case Effect.CatchUp(long height) ->
          throw new IllegalStateException("nothing is lost, yet " + height + " is missing");
    }
  }

  private double sync(Machine machine, double at) {
    double synced = machine.dirty ? at + costs.sync : at;
    machine.dirty = false;
    return synced;
  }

  private double send(Machine from, Machine to, Message message, double at) {
    double handedOut = at + costs.message;
    from.cardFree = Math.max(from.cardFree, handedOut) + bytes(message) * costs.perByte;
    long way = costs.leastDelay + random.nextLong(costs.mostDelay - costs.leastDelay + 1);
    at(
        from.cardFree + way,
        () -> {
          messages++;
          to.coreFree = Math.max(to.coreFree, schedule.now()) + costs.message;
          deliver(to, new Event.Received(from.member.index, message));
        });
    return handedOut;
  }

  private static int bytes(Message message) {
    int signatures =
        switch (message) {
          case Vote vote -> 1;
          case Certificate certificate -> certificate.signatures().size();
          case Proposal proposal ->
              1
                  + proposal.parent().map(parent -> parent.signatures().size()).orElse(0)
                  + proposal.skipped().stream().mapToInt(one -> one.signatures().size()).sum();
          case Wanted wanted -> 0;
          case Progress progress -> 0;
        };
    return FRAME_BYTES + signatures * SIGNATURE_BYTES;
  }

  private void timeOut(Machine machine, long timer, long view) {
    if (machine.member.isCurrent(timer)) {
      deliver(machine, new Event.TimedOut(view));
    }
  }

  private void at(double time, Runnable action) {
    schedule.after(Math.max(0, Math.round(time) - schedule.now()), action);
  }
}
